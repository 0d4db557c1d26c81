"""What pages show of trials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.functional import Promise

from pesue.foundation.counts import K
from pesue.people.models import Member
from pesue.trials.levers import LEVERS, OUTCOMES, Lever
from pesue.trials.models import Arm, Assignment, Exposure, OptOut, Trial

State = Trial.State
OVER = (State.ENDED, State.STOPPED)


@dataclass(frozen=True)
class Shown:
    """A trial with its lever; None where this version no longer has it."""

    trial: Trial
    lever: Lever | None

    @property
    def outcome(self) -> str | Promise:
        return OUTCOMES.get(self.trial.outcome, self.trial.outcome)


@dataclass(frozen=True)
class Tried:
    """What is tried here, for everybody."""

    now: Sequence[Shown]
    coming: Sequence[Shown]  # drawn already
    past: Sequence[Shown]
    opt_out: OptOut | None


def tried(member: Member, *, today: date) -> Tried:
    trials = list(_with_arms(Trial.objects.exclude(state=State.DRAFT)))
    running = [trial for trial in trials if trial.state == State.RUNNING]
    return Tried(
        now=_shown(trial for trial in running if trial.begins <= today),
        coming=_shown(trial for trial in running if trial.begins > today),
        past=_shown(trial for trial in trials if trial.state in OVER),
        opt_out=OptOut.objects.filter(member=member, back_at=None).first(),
    )


def all_trials() -> "QuerySet[Trial]":
    """Those being planned and running ones first."""
    newest = F("over_at").desc(nulls_first=True)
    return Trial.objects.order_by(newest, "-made_at", "-pk").select_related("by")


def shown(trial: Trial) -> Shown:
    return Shown(trial, LEVERS.get(trial.lever))


@dataclass(frozen=True)
class Tally:
    arm: Arm
    units: int  # drawn into it
    met: int | None  # members or items; None: fewer members than may be shown


def tally(trial: Trial) -> list[Tally]:
    """How many were drawn into each arm, and have met it: who, nobody sees."""
    drawn = _by_arm(Assignment.objects.filter(trial=trial))
    met = _by_arm(Exposure.objects.filter(trial=trial))
    least = 0 if trial.unit == Trial.Unit.ITEM else K
    shown = {arm: many if many >= least else None for arm, many in met.items()}
    return [
        Tally(arm, drawn.get(arm.pk, 0), shown.get(arm.pk, None if least else 0))
        for arm in trial.arms.order_by("pk")
    ]


def _by_arm(rows: "QuerySet[Any]") -> dict[int, int]:
    return dict(rows.order_by().values_list("arm").annotate(Count("pk")))


def left_out(trial: Trial) -> int:
    """How many items a lead kept out of it."""
    return trial.assignments.filter(arm__isnull=True).count()


def _with_arms(trials: "QuerySet[Trial]") -> "QuerySet[Trial]":
    return trials.prefetch_related("arms").order_by("-began_at", "-pk")


def _shown(trials: Any) -> list[Shown]:
    return [shown(trial) for trial in trials]
