"""The only way from a request to an example."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from pesue.content.models import Story
from pesue.example.models import Pictured, Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share


def own_showcase(member: Member, showcase_id: int) -> Showcase:
    """What the member was asked about their own; 404 for anyone else's."""
    return get_object_or_404(whole(), pk=showcase_id, author=member)


def own_share(member: Member, share_id: int) -> Share:
    """The member's own public post; 404 for anyone else's."""
    return get_object_or_404(
        Share, pk=share_id, member=member, state=Share.State.SHARED
    )


def own_story(member: Member, story_id: int) -> Story:
    """The member's own story in the library; 404 for anyone else's."""
    return get_object_or_404(
        Story, pk=story_id, author=member, state=Story.State.ACCEPTED
    )


def own_pictured(member: Member, pictured_id: int) -> Pictured:
    """What the member was asked about a picture of them; 404 for anyone else's."""
    rows = Pictured.objects.select_related(
        "showcase__author", "showcase__share__item__picture", "showcase__story__item"
    )
    return get_object_or_404(rows, pk=pictured_id, member=member)


def whole() -> QuerySet[Showcase]:
    """Examples with all that showing them takes."""
    people = Prefetch("people", Pictured.objects.select_related("member"))
    return Showcase.objects.select_related(
        "author__team", "share__item__picture", "story__item", "value", "asked_by"
    ).prefetch_related(people, "story__pictures")


def shown(*, today: date) -> QuerySet[Showcase]:
    """Examples that colleagues may see: the author agreed, and what was told stands."""
    return whole().filter(
        Q(share__state=Share.State.SHARED) | Q(story__state=Story.State.ACCEPTED),
        Q(until=None) | Q(until__gte=today),
        state=Showcase.State.AGREED,
        author__state=Member.State.ACTIVE,
    )


def shown_example(showcase_id: int) -> Showcase:
    """An example that colleagues may see; 404 otherwise."""
    return get_object_or_404(shown(today=localdate()), pk=showcase_id)
