"""Planning a trial. All of it can be changed until it starts, and nothing after."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.people.models import Member, Organisation
from pesue.trials.actions.refusals import NotDone
from pesue.trials.levers import LEVERS, Lever
from pesue.trials.models import DAY, Arm, Frozen, Trial
from pesue.trials.queries.units import STRATA

Kind, Unit = Trial.Kind, Trial.Unit
MOST_LOOKS = 5  # more would each need so strong an effect that none is seen
MOST_REMOVAL = 90  # days; who was in what is kept for a year
LEAST_HELD, MOST_HELD = 10, 20  # per cent of the items of a hold-out


@dataclass(frozen=True)
class ArmDesign:
    key: str
    name: str
    share: int = 1
    payload: Mapping[str, Any] = field(default_factory=dict)
    is_control: bool = False


@dataclass(frozen=True)
class Design:
    """All that one decides about a trial beforehand.

    Arms may be left empty: a roll-out and a hold-out have their own.
    """

    name: str
    question: str
    lever: str
    kind: str
    unit: str
    begins: date
    ends: date  # the last day
    outcome: str
    days: int = 7  # of a wave, or that an item is held back
    held: int = 15  # per cent of items, in a hold-out
    arms: Sequence[ArmDesign] = ()
    guards: Sequence[str] = ()
    strata: Sequence[str] = ()
    looks: Sequence[date] = ()
    removal: int = 0  # days after the end that are read, too; of arms only


def propose(design: Design, *, by: Member | None, now: datetime) -> Trial:
    """A trial that can be started. Its seed is drawn now. Raises NotDone."""
    _check(design)
    with transaction.atomic():
        trial = Trial(
            seed=secrets.randbits(63),
            state=Trial.State.DRAFT,
            state_since=now,
            made_at=now,
            by=by,
        )
        _write(trial, design)
    return trial


def change(trial: Trial, design: Design) -> None:
    """Plan a trial anew that has not begun. Raises NotDone."""
    _check(design)
    with transaction.atomic():
        _only_planned(trial)
        trial.arms.all().delete()
        _write(trial, design)


def drop(trial: Trial) -> None:
    """As if it had never been planned. Raises NotDone."""
    with transaction.atomic():
        _only_planned(trial)
        trial.delete()


def _only_planned(trial: Trial) -> None:
    """Raises NotDone once it has begun. Of a plan and a start at once, one waits."""
    rows = Trial.objects.select_for_update().filter(pk=trial.pk)
    if not rows.filter(state=Trial.State.DRAFT).exists():
        raise NotDone(str(Frozen()))


def _write(trial: Trial, design: Design) -> None:
    for name in ("name", "question", "lever", "kind", "unit", "begins", "ends", "days"):
        setattr(trial, name, getattr(design, name))
    trial.outcome, trial.removal = design.outcome, design.removal
    trial.guards, trial.strata = list(design.guards), sorted(design.strata)
    trial.looks = [day.isoformat() for day in sorted(design.looks)]
    trial.save()
    for arm in _arms(design):
        Arm.objects.create(
            trial=trial,
            key=arm.key,
            name=arm.name,
            share=arm.share,
            payload=dict(arm.payload),
            is_control=arm.is_control,
        )


def _arms(design: Design) -> Sequence[ArmDesign]:
    if design.kind == Kind.ROLLOUT:
        on = next((arm for arm in design.arms if not arm.is_control), None)
        return [
            ArmDesign("later", _("Not yet"), share=0, is_control=True),
            ArmDesign("on", _("Has it"), payload=on.payload if on else {}),
        ]
    if design.kind == Kind.HOLDOUT:
        share = design.held
        later, at_once = map(str, LEVERS[design.lever].sides)
        return [
            ArmDesign("held", later, share=share, is_control=True),
            ArmDesign("offered", at_once, share=100 - share),
        ]
    return design.arms


def _check(design: Design) -> None:
    lever = LEVERS.get(design.lever)
    if lever is None:
        raise NotDone(_("This version of Pesue cannot try that any more."))
    if design.kind not in lever.kinds or design.unit not in lever.units:
        raise NotDone(_("This cannot be tried in that way."))
    if (design.kind == Kind.HOLDOUT) != (design.unit == Unit.ITEM):
        raise NotDone(_("Items are held back, and nothing else is."))
    if set(design.strata) - set(STRATA):
        raise NotDone(_("The draw cannot be balanced by that."))
    if not design.outcome.strip():
        raise NotDone(_("Say what is measured: one thing, chosen before."))
    if design.kind == Kind.HOLDOUT and not LEAST_HELD <= design.held <= MOST_HELD:
        raise NotDone(
            _("Hold back between %(least)d and %(most)d per cent.")
            % {"least": LEAST_HELD, "most": MOST_HELD}
        )
    _check_days(design)
    if design.kind == Kind.ARMS:
        _check_arms(design.arms, lever)


def _check_days(design: Design) -> None:
    if design.ends < design.begins:
        raise NotDone(_("The end comes after the beginning."))
    if not 0 <= design.removal <= (MOST_REMOVAL if design.kind == Kind.ARMS else 0):
        raise NotDone(
            _("What comes after can be followed for groups, for %(most)d days at most.")
            % {"most": MOST_REMOVAL}
        )
    lever = LEVERS[design.lever]
    if lever.days and design.days != lever.days:
        raise NotDone(
            _("It waits %(days)d days, as people are told.") % {"days": lever.days}
        )
    if design.days < 1:
        raise NotDone(_("A wave has a day at least."))
    if (
        design.kind != Kind.ARMS
        and length(design.begins, design.ends) < 2 * design.days
    ):
        raise NotDone(
            _("There is no room in it for twice %(days)d days. Let it last longer.")
            % {"days": design.days}
        )
    if len(design.looks) > MOST_LOOKS:
        raise NotDone(_("Plan at most %(most)d looks.") % {"most": MOST_LOOKS})
    if not all(design.begins <= look <= design.ends for look in design.looks):
        raise NotDone(_("Looks are planned for days within the trial."))


def _check_arms(arms: Sequence[ArmDesign], lever: Lever) -> None:
    if len(arms) < 2 or [arm.is_control for arm in arms].count(True) != 1:
        raise NotDone(_("Compare at least two things; one is what was there before."))
    if len({arm.key for arm in arms}) != len(arms):
        raise NotDone(_("Each of them needs a name of its own."))
    if any(arm.share < 1 for arm in arms):
        raise NotDone(_("Each of them needs a share."))
    if lever.arms and [(a.key, a.is_control) for a in arms] != [
        (a.key, a.is_control) for a in lever.arms
    ]:
        raise NotDone(_("This cannot be tried in that way."))
    ours = Organisation.the() or Organisation()
    for arm in arms:
        for wording in () if arm.is_control else lever.wordings:
            for language in ours.languages:
                text = arm.payload.get(wording.key, {}).get(language, "")
                if not text.strip():
                    raise NotDone(_("Write it in each language of the house."))
                lack = wording.lack(text)
                if lack:
                    raise NotDone(f"{arm.name}, {language}: {lack}")


def length(begins: date, ends: date) -> int:
    """How many days there are, both included."""
    return (ends - begins) // DAY + 1
