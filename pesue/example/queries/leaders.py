"""A leader's own page. A fixed number of queries, and nothing of it for others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.access import offered_to
from pesue.content.models import Item
from pesue.encouragement.queries.deeds import deeds_of
from pesue.encouragement.rungs import GOOD, Deed
from pesue.example.levers import SHOWN
from pesue.example.models import Assistant, Echo, Handover, Inside, LeaderPlan
from pesue.foundation.counts import K
from pesue.guidance.access import asks_seen
from pesue.guidance.models import Ask, Topic
from pesue.guidance.queries.asks import open_asks
from pesue.people.access import within
from pesue.people.models import Grant, Member
from pesue.sharing.composing import words_of
from pesue.sharing.models import Share
from pesue.trials.models import Trial
from pesue.trials.queries import running

MOST = 5  # rows of each kind
DID = timedelta(weeks=4)
ASKED = timedelta(weeks=12)
MONTHS = 6


@dataclass(frozen=True)
class TeamAsked:
    """What the team asked: the leader's own to know, and the rest without names."""

    seen: Sequence[Ask]  # asked of the leader, as an owner or by their task
    topics: Sequence[tuple[Topic, int]]  # asked by at least K people, and how many


@dataclass(frozen=True)
class Page:
    plan: LeaderPlan | None
    assistant: Assistant | None
    handed: Sequence[Handover]
    drafts: Sequence[Share]  # begun, and not handed over
    next: Item | None  # what one could tell of
    asks: Sequence[Ask]
    team: TeamAsked | None  # None of one who leads no people
    did: Sequence[tuple[str, int]]
    inside: Sequence[Inside]
    echoes: Sequence[Echo]
    trial: Trial | None


def page(member: Member, *, now: datetime) -> Page:
    handed = list(handed_by(member)[:MOST])
    begun = Share.objects.filter(member=member, state=Share.State.DRAFT)
    open_ones = begun.exclude(pk__in=[one.share_id for one in handed])
    return Page(
        plan=LeaderPlan.objects.filter(member=member).first(),
        assistant=assistant_of(member, now=now),
        handed=handed,
        drafts=list(open_ones.select_related("item").order_by("-pk")[:MOST]),
        next=to_tell(member, now=now),
        asks=list(open_asks(member)[:MOST]),
        team=team_asked(member, now=now),
        did=did(member, now=now),
        inside=list(
            Inside.objects.filter(member=member)
            .select_related("topic")
            .order_by("-at", "-pk")[:MOST]
        ),
        echoes=list(Echo.objects.filter(member=member).order_by("-month")[:MONTHS]),
        trial=running(SHOWN.key),
    )


def assistant_of(member: Member, *, now: datetime) -> Assistant | None:
    """Who prepares texts for the member today."""
    rows = Assistant.objects.filter(
        leader=member,
        state=Assistant.State.GOING,
        until__gte=localdate(now),
        assistant__state=Member.State.ACTIVE,
    )
    return rows.select_related("assistant", "leader").first()


def handed_by(member: Member) -> QuerySet[Handover]:
    """The leader's drafts that are with the assistant, or came back."""
    states = (Handover.State.ASKED, Handover.State.PREPARED)
    rows = Handover.objects.filter(
        leader=member, state__in=states, share__state=Share.State.DRAFT
    )
    return rows.select_related("share__item", "assistant").order_by("-state_since")


def to_tell(member: Member, *, now: datetime) -> Item | None:
    """The newest that the member could tell of and has not begun: on an own topic and
    in their language, if there is one."""
    begun = Share.objects.filter(member=member, item=OuterRef("pk"))
    rows = offered_to(member, today=localdate(now)).filter(~Exists(begun))
    mine = Item.topics.through.objects.filter(item=OuterRef("pk"), topic__owners=member)
    first = Case(When(language=member.language, then=0), default=1)
    newest = rows.annotate(own=Exists(mine)).order_by("-own", first, "-ready_at", "-pk")
    return newest.prefetch_related("questions").first()


def words_about(member: Member, item: Item) -> dict[str, str]:
    """The member's newest words about an item, and its topic, to begin with inside."""
    told = Share.objects.filter(member=member, item=item).order_by("-pk").first()
    topic = item.topics.order_by("pk").first()
    text = words_of(told.text, told.disclosure) if told else ""
    return {"text": text, "topic": str(topic.pk) if topic else ""}


def did(member: Member, *, now: datetime) -> list[tuple[str, int]]:
    """What the member did in four weeks, each kind with how often. All weigh the same,
    and the order says nothing."""
    since = now - DID
    times = Counter(one.deed for one in deeds_of(member, since=since))
    found = [(str(GOOD[deed]), times[deed]) for deed in Deed if times[deed]]
    told = Inside.objects.filter(member=member, at__gte=since).count()
    return [*found, (_("You told something inside"), told)] if told else found


def people_of(member: Member) -> list[str] | None:
    """Paths of the teams whose people the member leads; None: all of the house."""
    grants = Grant.objects.filter(member=member, role=Grant.Role.LEAD)
    places: list[str | None] = list(grants.values_list("team__path", flat=True))
    if member.leader:
        places.append(member.team.path if member.team else None)
    return None if None in places else [path for path in places if path is not None]


def team_asked(member: Member, *, now: datetime) -> TeamAsked | None:
    """What people of the leader's teams asked the owners of topics, but what waits for
    the leader's own answer: that stands above.

    Somebody asked the owners, and not the boss: so names and words only of what the
    leader may read in any case, and of the rest only topics of which many asked.
    """
    places = people_of(member)
    if places == []:
        return None
    ours = within(places, "asker__team__path") & ~Q(asker=member)
    asked = Ask.objects.filter(ours, asked_at__gte=now - ASKED)
    asked = asked.exclude(state=Ask.State.WITHDRAWN)
    seen = asks_seen(member).filter(pk__in=asked.values("pk"))
    seen = seen.exclude(pk__in=open_asks(member).values("pk"))
    counted = asked.values("topic").annotate(people=Count("asker", distinct=True))
    many = dict(counted.filter(people__gte=K).values_list("topic", "people").order_by())
    topics = Topic.objects.filter(pk__in=many)
    return TeamAsked(
        list(seen.order_by("-asked_at", "-pk")[:MOST]),
        [(topic, many[topic.pk]) for topic in topics],
    )
