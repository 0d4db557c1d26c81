"""Questions to the owners of topics: whose they are, and what was said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pesue.guidance.models import Ask, Topic
from pesue.people.models import Grant, Member

LONG = timedelta(days=2)  # after that the leads see a question, too


def owners_of(topic: Topic) -> list[Member]:
    """Who is here and answers for the topic."""
    active = topic.owners.filter(state=Member.State.ACTIVE)
    return list(active.order_by("name"))


def leads() -> QuerySet[Member]:
    """Those who lead the whole programme."""
    roles = [Grant.Role.LEAD, Grant.Role.ADMIN]
    granted = Grant.objects.filter(member=OuterRef("pk"), role__in=roles, team=None)
    return Member.objects.filter(Exists(granted), state=Member.State.ACTIVE)


def who_answers(topic: Topic) -> list[Member]:
    """The owners of a topic; where there are none, the leads."""
    return owners_of(topic) or list(leads().order_by("name")[:3])


def waiting(member: Member, *, leads_all: bool, now: datetime) -> QuerySet[Ask]:
    """Open questions the member may answer; the one that waits longest first.

    Those on own topics; who leads the whole sees what has no owner, or waits long.
    """
    here = Topic.owners.through.objects.filter(
        topic=OuterRef("topic"), member__state=Member.State.ACTIVE
    )
    mine = Q(topic__owners=member)
    if leads_all:
        mine |= Q(owned=False) | Q(asked_at__lt=now - LONG)
    return (
        Ask.objects.filter(state=Ask.State.OPEN)
        .annotate(owned=Exists(here))
        .filter(mine)
        .exclude(asker=member)
        .select_related("topic", "asker")
        .order_by("asked_at", "pk")
        .distinct()
    )


def own(member: Member) -> QuerySet[Ask]:
    """What the member has asked, the newest first."""
    asks = Ask.objects.filter(asker=member).exclude(state=Ask.State.WITHDRAWN)
    return asks.select_related("topic", "answered_by").order_by("-asked_at", "-pk")


def latest(member: Member, topics: Iterable[Topic]) -> Ask | None:
    """The member's newest question on one of these topics, with its answer."""
    return own(member).filter(topic__in=[topic.pk for topic in topics]).first()


def shown(topic: Topic) -> QuerySet[Ask]:
    """Answers that are useful to others, too."""
    asks = topic.asks.filter(shown=True, state=Ask.State.ANSWERED)
    return asks.select_related("answered_by").order_by("-state_since")
