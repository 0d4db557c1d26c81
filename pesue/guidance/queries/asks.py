"""Questions to the owners of topics: whose they are, and what was said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from pesue.guidance.access import asks_seen, may_write
from pesue.guidance.models import Ask, Topic
from pesue.people.models import Grant, Member

LONG = timedelta(days=2)  # a question that waits longer is the leads' affair, too
MOST_LEADS = 3  # who are written to where a topic has no owner
State = Ask.State


def owners_of(topic: Topic) -> list[Member]:
    """Who is here and answers for the topic."""
    active = topic.owners.filter(state=Member.State.ACTIVE)
    return list(active.order_by("name", "pk"))


def who_answers(topic: Topic, *, asker: Member) -> list[Member]:
    """The owners of a topic; where there are none, some who lead the whole."""
    owners = [owner for owner in owners_of(topic) if owner != asker]
    leads = _leads().exclude(pk=asker.pk).order_by("name", "pk")
    return owners or list(leads[:MOST_LEADS])


def open_asks(member: Member) -> QuerySet[Ask]:
    """What waits for the member's own answer; what waits longest first.

    Leads of the whole answer where a topic has no owner who is here.
    """
    owners = _owners_of_its_topic()
    mine = Q(Exists(owners.filter(member=member)))
    if may_write(member):
        mine |= ~Q(Exists(owners))
    return _waiting(member).filter(mine)


def late_asks(member: Member, *, now: datetime) -> QuerySet[Ask]:
    """For leads of the whole: what has waited long, or has no owner who is here."""
    if not may_write(member):
        return Ask.objects.none()
    late = Q(asked_at__lt=now - LONG) | ~Q(Exists(_owners_of_its_topic()))
    return _waiting(member).filter(late)


def own(member: Member) -> QuerySet[Ask]:
    """What the member has asked, the newest first."""
    asks = asks_seen(member).filter(asker=member).exclude(state=State.WITHDRAWN)
    return asks.order_by("-asked_at", "-pk")


def answered(member: Member) -> QuerySet[Ask]:
    """What was answered, by whomever, on the member's topics; the newest first."""
    asks = asks_seen(member).filter(topic__owners=member, state=State.ANSWERED)
    return asks.exclude(asker=member).order_by("-state_since", "-pk")


def on_page(member: Member, back: str) -> list[Ask]:
    """What the member asked on a page, by topic: the newest of each."""
    asks = own(member).filter(back=back).select_related("topic", "answered_by")
    by_topic: dict[int, Ask] = {}
    for one in asks:
        by_topic.setdefault(one.topic_id, one)
    return list(by_topic.values())


def latest(member: Member, topics: Iterable[Topic], *, back: str = "") -> Ask | None:
    """The member's newest question on one of these topics, with its answer.

    With `back`, of those asked on that page: what was said there was said of that.
    """
    asks = own(member).filter(topic__in=[topic.pk for topic in topics])
    return (asks.filter(back=back) if back else asks).first()


def _leads() -> QuerySet[Member]:
    roles = [Grant.Role.LEAD, Grant.Role.ADMIN]
    granted = Grant.objects.filter(member=OuterRef("pk"), role__in=roles, team=None)
    return Member.objects.filter(Exists(granted), state=Member.State.ACTIVE)


def _waiting(member: Member) -> QuerySet[Ask]:
    """Open ones that the member may see, of others who are here."""
    asks = asks_seen(member).filter(state=State.OPEN, asker__state=Member.State.ACTIVE)
    return asks.exclude(asker=member).order_by("asked_at", "pk")


def _owners_of_its_topic() -> "QuerySet[Model]":
    """Owners of an ask's topic who are here, the asker left out."""
    here = Topic.owners.through.objects.filter(
        topic=OuterRef("topic"), member__state=Member.State.ACTIVE
    )
    return here.exclude(member=OuterRef("asker"))
