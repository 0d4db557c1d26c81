"""The organisation's own past, for the laboratory. Nothing of it tells who."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from pesue.encouragement.laboratory import Deed, Figure
from pesue.encouragement.own_work import ANSWER, LESSON
from pesue.encouragement.queries.own_work import done
from pesue.encouragement.red_flags import House
from pesue.foundation.days import midnight
from pesue.guidance.models import Topic
from pesue.people.models import Grant, Member, Team

OPENS, CLOSES = time(8), time(16)
SATURDAY = 5


def deeds(facts: Iterable[str], *, begins: date, now: datetime) -> list[Deed]:
    """Own work of those kinds since the day `begins`. Two queries, and one a fact."""
    teams = dict(Member.objects.values_list("pk", "team_id"))
    since = midnight(begins) - timedelta(microseconds=1)
    found = []
    for fact in facts:
        for piece in done(fact, since=since, until=now):
            at = localtime(piece.at)
            office = at.weekday() < SATURDAY and OPENS <= at.time() < CLOSES
            team = teams.get(piece.member) or 0
            found.append(Deed(fact, piece.member, team, at.date(), office))
    return found


def house() -> House:
    """How many could earn by what, of how many, in how many teams."""
    active = Member.objects.filter(state=Member.State.ACTIVE)
    owners = Topic.owners.through.objects.filter(member__state=Member.State.ACTIVE)
    leads = active.filter(
        grants__role__in=(Grant.Role.LEAD, Grant.Role.ADMIN), grants__team=None
    )
    return House(
        could={
            ANSWER.fact: owners.values("member").distinct().count(),
            LESSON.fact: leads.distinct().count(),
        },
        people=active.count(),
        teams=Team.objects.filter(members__in=active).distinct().count(),
    )


def months_back(today: date, months: int) -> date:
    """The first day of the month so many months before this one."""
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def named(teams: Iterable[Figure]) -> list[tuple[Team | None, Figure]]:
    """The figures of teams that may be shown, each with its team; the largest first."""
    shown = [figure for figure in teams if figure.cost is not None]
    rows = Team.objects.in_bulk([figure.key for figure in shown])
    shown.sort(key=lambda figure: -(figure.cost or 0))
    return [(rows.get(figure.key), figure) for figure in shown]
