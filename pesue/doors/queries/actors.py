"""Those of us who can be followed now."""

from django.db.models import QuerySet

from pesue.doors.models import Actor


def open_actors() -> "QuerySet[Actor]":
    return Actor.objects.filter(state=Actor.State.OPEN)


def the_house() -> Actor | None:
    """The house; without it, nobody of ours can be followed."""
    return open_actors().filter(house=True).first()
