"""Counting goals, and thanking those who reached one."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import localdate

from pesue.encouragement.levers import GOALS
from pesue.encouragement.messages import goals as messages
from pesue.encouragement.models import Goal
from pesue.encouragement.queries.good import deeds
from pesue.foundation.counts import K
from pesue.foundation.moves import LostRace
from pesue.people.models import Member
from pesue.trials.queries import has

State = Goal.State
EVERY = timedelta(minutes=10)
BATCH = 500


def count_goals(now: datetime) -> int:
    """Move the bars of goals that run; end those that are reached or over.

    A bar moves when five people, or more, have moved it: then nobody's part is seen.
    Returns how many goals it counted.
    """
    today = localdate(now)
    due = Goal.objects.filter(
        Q(counted_at=None) | Q(counted_at__lt=now - EVERY) | Q(ends__lt=today),
        state=State.RUNNING,
        begins__lte=today,
    ).select_related("team")
    counted = 0
    for goal in due.order_by(F("counted_at").asc(nulls_first=True))[:BATCH]:
        _count(goal, now)
        counted += 1
    return counted


def thank_for_goals(now: datetime) -> int:
    """Thank those who took part in a goal that was reached. Returns how many goals."""
    thanked = 0
    for goal in Goal.objects.filter(state=State.REACHED, thanked_at=None):
        _thank(goal, now)
        Goal.objects.filter(pk=goal.pk).update(thanked_at=now)
        thanked += 1
    return thanked


def _count(goal: Goal, now: datetime) -> None:
    done = [
        one
        for one in deeds(goal.what, goal.begins, goal.ends, team=goal.team)
        if one.at <= now
    ]
    number, people = len({d.unit for d in done}), {d.member for d in done}
    new = {d.member for d in done if goal.moved_at is None or d.at > goal.moved_at}
    found: dict[str, Any] = {"counted_at": now}
    if len(new) >= K:
        found |= {"number": number, "people": len(people), "moved_at": now}
    to = State.OVER if goal.ends < localdate(now) else State.RUNNING
    if len(people) >= K and number >= goal.target:
        to = State.REACHED
        if len(new) < K:  # that it was reached is told, not how far beyond
            found |= {"number": goal.target, "people": max(goal.people, K)}
    if to == State.RUNNING:
        Goal.objects.filter(pk=goal.pk, state=to).update(**found)
        return
    with suppress(LostRace):  # somebody withdrew it, or another worker was first
        goal.move(to, now=now, **found)


def _thank(goal: Goal, now: datetime) -> None:
    done = deeds(goal.what, goal.begins, goal.ends, team=goal.team)
    took_part = sorted({one.member for one in done})
    for start in range(0, len(took_part), BATCH):
        some = Member.objects.filter(pk__in=took_part[start : start + BATCH])
        for member in some.select_related("team").order_by("pk"):
            if has(GOALS.key, member, now):
                messages.reached(goal, member, now=now)
