"""What can be asked about goals. Nothing is counted here: the worker has done so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from pesue.encouragement.models import Goal
from pesue.foundation.days import midnight
from pesue.people.models import Member

State = Goal.State
LATELY = timedelta(days=14)  # a goal is spoken of so long after its end
MOST = 5


@dataclass(frozen=True)
class Bar:
    """How far a goal has come, as may be shown."""

    goal: Goal
    number: int | None  # None: not by five people yet

    @property
    def state(self) -> str:
        return self.goal.state

    @property
    def filled(self) -> int:
        """Of the target; a bar is never fuller than full."""
        return min(self.number or 0, self.goal.target)


def bar(goal: Goal) -> Bar:
    return Bar(goal, goal.number if goal.people else None)


def bars(goals: Iterable[Goal]) -> list[Bar]:
    return [bar(goal) for goal in goals]


def ours(member: Member, *, today: date) -> Sequence[Bar]:
    """Goals of the member's team and those above it, that run or ended lately."""
    rows = _ours(member, today).filter(ends__gte=today - LATELY)
    return bars(rows.order_by("ends", "pk")[:MOST])


def nearest(member: Member, *, today: date) -> Bar | None:
    """The one to show where there is room for one: one that runs before one that was
    reached lately, and the smallest team's first. One query."""
    runs = Q(state=State.RUNNING, ends__gte=today)
    reached = Q(state=State.REACHED, state_since__gte=midnight(today - LATELY))
    rows = list(_ours(member, today).filter(runs | reached))
    if not rows:
        return None
    return bar(min(rows, key=_distance))


def _distance(goal: Goal) -> tuple[bool, int, date, int]:
    depth = len(goal.team.path.split("/")) if goal.team else 0
    return goal.state != State.RUNNING, -depth, goal.ends, goal.pk


def _ours(member: Member, today: date) -> "QuerySet[Goal]":
    mine = Q(team=None)
    if member.team:
        mine |= Q(team__in=member.team.above())
    rows = Goal.objects.filter(mine, begins__lte=today)
    return rows.exclude(state=State.WITHDRAWN).select_related("team")
