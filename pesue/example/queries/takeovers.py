"""Who tells from which channel, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from pesue.example.models import Takeover
from pesue.foundation.days import Month
from pesue.people.access import within
from pesue.people.models import Grant, Member

State = Takeover.State
SEEN = (State.AGREED, State.DONE)  # by every colleague
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
    return Takeover.objects.select_related("member__team", "lead", "keeper", "story")


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
    """The member's own that wait or are on, and those whose channel they keep."""
    mine = Q(member=member, state__in=(State.OFFERED, State.ASKED, State.AGREED))
    kept = Q(keeper=member, state=State.AGREED)
    return whole().filter(mine | kept, ends__gte=today).order_by("starts", "pk")


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
