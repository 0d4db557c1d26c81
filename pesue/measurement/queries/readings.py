"""How a trial went, for its page: live, or as it was read when it was over."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from pesue.foundation.collecting import uncollected
from pesue.measurement.models import TrialReading
from pesue.measurement.queries import trials
from pesue.measurement.reading import Compared, Guard, Reading, Unit, read, waves
from pesue.measurement.reading.looking import at_look, shares
from pesue.measurement.seeing import History, Sight, sight
from pesue.stats.estimates import Estimate
from pesue.trials.models import Trial
from pesue.trials.queries import exposures
from pesue.trials.queries.reading import decides

DAY = timedelta(days=1)
SLACK = timedelta(minutes=1)  # that clocks of several computers may be apart
OVER = (Trial.State.ENDED, Trial.State.STOPPED)


def kept_of(trial: Trial) -> TrialReading | None:
    """What was read when the trial was over, if it was."""
    return TrialReading.objects.filter(trial=trial).first()


def found(trial: Trial, *, today: date) -> dict[str, Any]:
    """What is known of a trial that has begun; {} where its outcome is not ours.

    While it runs: an interval that may be looked at on any day, where people or items
    were drawn. Where teams were, only what planned looks have shown so far; before the
    first, "waits" is the day of the next.
    """
    kept = kept_of(trial)
    return dict(kept.found) if kept else live(trial, today=today)


def live(trial: Trial, *, today: date) -> dict[str, Any]:
    """The same of one that was not read for good yet."""
    if not trials.can_read(trial) or today <= trial.begins:
        return {}
    if trial.unit != Trial.Unit.TEAM:
        return told(fresh(trial, until=today - DAY)[0])
    looks = _looks(trial)
    past = [day for day in looks if day < today]
    waits = {"waits": min([d for d in looks if d >= today], default=trial.ends)}
    if not past:
        return waits
    reading = fresh(trial, until=past[-1], look=len(past))[0]
    return {**told(reading), **waits, "look": past[-1]}


def _looks(trial: Trial) -> list[date]:
    return sorted({date.fromisoformat(day) for day in trial.looks})


@uncollected()
def fresh(trial: Trial, *, until: date, look: int = 0) -> tuple[Reading, Sequence[Any]]:
    """Read now, from the rows themselves; and what was compared.

    `look` is the number of a planned look before the end. Where there were such looks
    the end is one, too.
    """
    over = trial.state in OVER or look > 0
    looks = _looks(trial)
    # Whoever ended it early has seen no more than its looks showed, if it had any.
    early = trial.state == Trial.State.STOPPED and not looks
    compared: Sequence[Any]
    if trial.kind == Trial.Kind.ROLLOUT:
        compared, before = trials.rows(trial, until=until)
        reading = waves.read(compared, before=before, over=over, early=early)
    else:
        reading, compared = _arms(trial, until=until, over=over, early=early)
    times = look_times(trial, until=until, look=look) if over else []
    return at_look(reading, times, len(times)), compared


def look_times(trial: Trial, *, until: date, look: int = 0) -> list[float]:
    """The looks so far, the end one of them; none where none was planned."""
    looks = _looks(trial)
    if not looks:
        return []
    end = min(until, trial.ends)
    seen = looks[:look] if look else [*(day for day in looks if day < end), end]
    return shares(trial.begins, trial.ends, seen)


def design(trial: Trial) -> dict[str, Any]:
    """What one has to know to read its file as it was read: as JSON, without names."""
    plan = trials.plan_of(trial)
    until = localdate(trial.over_at) if trial.over_at else trial.ends
    return {
        **decides(trial),
        "control": plan.control,
        "shares": plan.shares,
        "planned": plan.planned,
        "before": trials.periods_before(trial),
        "stopped": trial.state == Trial.State.STOPPED,
        "times": look_times(trial, until=until),
    }


def _arms(
    trial: Trial, *, until: date, over: bool, early: bool
) -> tuple[Reading, list[Unit]]:
    """Read by its own outcome, and in the same way by what must not get worse."""
    plan, by_outcome = trials.plan_of(trial), _by_outcome(trial, until=until)
    found = {
        outcome: read(units, plan, over=over, early=early)
        for outcome, units in by_outcome.items()
    }
    own = found.pop(trial.outcome)
    guards = [Guard(name, one) for name, r in found.items() for one in r.compared]
    return replace(own, guards=tuple(guards)), by_outcome[trial.outcome]


def _by_outcome(trial: Trial, *, until: date) -> dict[str, list[Unit]]:
    """What was compared, by the trial's outcome and by its guards."""
    if trial.kind == Trial.Kind.HOLDOUT:
        return {trial.outcome: trials.items(trial, until=until)}
    guards = [name for name in trial.guards if name in trials.OUTCOMES]
    return trials.units(trial, until=until, guards=guards)


def afterwards(trial: Trial) -> dict[str, Any]:
    """The removal phase of a trial of arms whose days are over: as `told`."""
    last = trial.followed_until
    if last is None or not trials.can_read(trial):
        return {}
    since = trial.ends + DAY
    units = trials.units(trial, until=last, since=since)[trial.outcome]
    return told(read(units, trials.plan_of(trial), over=True))


def told(reading: Reading) -> dict[str, Any]:
    """As JSON: what pages show, live or later."""
    return {
        "always": reading.always,
        "broken": reading.broken,
        "heaviest": reading.heaviest,
        "arms": {arm.key: asdict(arm) for arm in reading.arms},
        "compared": [_compared(one) for one in reading.compared],
        "guards": [
            {"name": guard.name, "harms": guard.harms, **_compared(guard.compared)}
            for guard in reading.guards
        ],
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "arm": one.arm,
        "effect": _estimate(one.effect),
        "plain": _estimate(one.plain),
        "lot": one.lot,
        "why": str(one.why) if one.why else "",
        "cannot_tell": one.cannot_tell,
    }


def _estimate(one: Estimate | None) -> dict[str, float] | None:
    names = ("estimate", "se", "low", "high", "p", "n")
    return {name: getattr(one, name) for name in names} if one else None


def is_met_too_early(trial: Trial) -> bool:
    """Whether somebody met it before it began: then a clock of ours is wrong."""
    if trial.began_at is None:
        return False
    return exposures(trial).filter(first_at__lt=trial.began_at - SLACK).exists()


def what_it_sees(trial: Trial, *, today: date) -> Sight | None:
    """What this trial could see, from what people did lately; None for items.

    Of several arms, what the smallest one could, beside the control.
    """
    if trial.unit == Trial.Unit.ITEM or not trials.can_read(trial):
        return None
    history: History = trials.history(trial, today=today)
    if trial.kind == Trial.Kind.ROLLOUT:
        return sight(history, by=trial.unit, share=0.5)
    arms = list(trial.arms.all())
    control = sum(arm.share for arm in arms if arm.is_control)
    other = min(arm.share for arm in arms if not arm.is_control)
    both, whole = control + other, sum(arm.share for arm in arms)
    return sight(history, by=trial.unit, share=other / both, part=both / whole)
