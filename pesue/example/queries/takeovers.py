"""Who tells from which channel, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from pesue.example.models import Takeover
from pesue.foundation.days import Month
from pesue.guidance.models import Concept
from pesue.people.access import within
from pesue.people.models import Grant, Member

State = Takeover.State
SEEN = (State.AGREED, State.DONE)  # by every colleague
ASKED_FOR = timedelta(days=14)  # for so long one's own waits for what was posted
MOST = 200  # of one month that are shown


@dataclass
class Day:
    date: date
    in_month: bool
    takeovers: list[Takeover] = field(default_factory=list)


@dataclass(frozen=True)
class TakeoverMonth(Month):
    weeks: list[list[Day]]
    takeovers: list[Takeover]


def whole() -> "QuerySet[Takeover]":
    return Takeover.objects.select_related(
        "member__team", "lead", "keeper", "story", "concept"
    )


def has_begun(takeover: Takeover, *, today: date) -> bool:
    """Whether something may have been told in it by now."""
    return takeover.state in SEEN and takeover.starts <= today


def month(first: date) -> TakeoverMonth:
    """The month that begins on `first`: what is agreed, and was. One query."""
    page = Month(first)
    weeks = [
        [Day(day, day.month == first.month) for day in week]
        for week in page.days_by_week()
    ]
    days = {day.date: day for week in weeks for day in week}
    rows = whole().filter(state__in=SEEN, starts__lte=page.last, ends__gte=first)
    found = list(rows.order_by("starts", "pk")[:MOST])
    for takeover in found:
        for day in takeover.days:
            if day in days:
                days[day].takeovers.append(takeover)
    return TakeoverMonth(first, weeks, found)


def own(member: Member, *, today: date) -> "QuerySet[Takeover]":
    """The member's own that wait or are on, and those whose channel they keep; and for
    a while what is over, until somebody says what was posted."""
    mine = Q(member=member, state__in=(State.OFFERED, State.ASKED, State.AGREED))
    kept = Q(keeper=member, state=State.AGREED)
    over = Q(state__in=SEEN, told_at=None, ends__gte=today - ASKED_FOR)
    told = over & (Q(member=member) | Q(keeper=member))
    wanted = Q(mine | kept, ends__gte=today) | told
    return whole().filter(wanted).order_by("starts", "pk")


def within_concept(concept: Concept) -> "QuerySet[Takeover]":
    """Those of a concept that colleagues may see, with where they are to be read."""
    rows = whole().filter(concept=concept, state__in=SEEN)
    return rows.prefetch_related("posts").order_by("starts", "pk")


def to_answer(paths: list[str] | None) -> "QuerySet[Takeover]":
    """Wishes of members of these subtrees, as of `teams_of`."""
    rows = whole().filter(within(paths, "member__team__path"), state=State.ASKED)
    return rows.order_by("starts", "pk")


def leads_of(takeover: Takeover) -> "QuerySet[Member]":
    """Who leads the member's team or the whole, and is here."""
    team = takeover.member.team if takeover.member else None
    over = Q(team=None) | Q(team__in=team.above() if team else [])
    grants = Grant.objects.filter(over, role=Grant.Role.LEAD)
    here = Member.objects.filter(pk__in=grants.values("member"), state="active")
    return here.exclude(takeovers=takeover).order_by("pk")


def accounts() -> Iterable[str]:
    """Channels that were taken over before, to be written the same again."""
    rows = Takeover.objects.order_by("account").values_list("account", flat=True)
    return rows.distinct()[:20]
