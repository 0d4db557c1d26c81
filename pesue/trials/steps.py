"""What the worker does in this room. Each step may be run again at any time."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from pesue.foundation.moves import LostRace
from pesue.trials.actions.running import take_in
from pesue.trials.models import Assignment, Exposure, Trial
from pesue.trials.queries.given import staying_out

KEPT = timedelta(days=365)  # after a trial's end: who was in what
AT_ONCE = 1000
State = Trial.State


def end_trials(now: datetime) -> int:
    """End the trials whose last day is over. Returns how many."""
    over = Trial.objects.filter(state=State.RUNNING, ends__lt=localdate(now))
    ended = 0
    for trial in over:
        try:
            trial.move(State.ENDED, now=now, over_at=now)
            ended += 1
        except LostRace:
            continue  # somebody has just stopped it
    return ended


def take_in_late(now: datetime) -> int:
    """Note the lots of those who came after the draw. Returns how many."""
    running = Trial.objects.filter(state=State.RUNNING).exclude(unit=Trial.Unit.ITEM)
    return sum(take_in(trial, now=now) for trial in running)


def forget(now: datetime) -> int:
    """Drop who was in what: a year after the end, and at once of those who stay out.

    The latter were written in the moment in which they went. Returns how many rows.
    """
    gone = 0
    for table in (Assignment, Exposure):
        rows = table.objects.filter(member__isnull=False)
        out = staying_out(OuterRef("trial__began_at")).filter(member=OuterRef("member"))
        away = rows.filter(Exists(out), trial__state=State.RUNNING)
        old = rows.filter(trial__over_at__lt=now - KEPT)
        for some in (away, old):
            ids = list(some.values_list("pk", flat=True)[:AT_ONCE])
            gone += table.objects.filter(pk__in=ids).delete()[0]
    return gone
