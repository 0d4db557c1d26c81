"""Starting a trial, which draws it; ending it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.models import Member
from pesue.trials.actions.designing import length
from pesue.trials.actions.refusals import NotDone
from pesue.trials.assignment import Mechanism, Place, Unit
from pesue.trials.levers import LEVERS
from pesue.trials.models import Assignment, Trial
from pesue.trials.queries.given import begins_for, mechanism_of
from pesue.trials.queries.reading import decides
from pesue.trials.queries.units import Pool, newcomers, pool
from pesue.trials.sealing import seal

State, Kind = Trial.State, Trial.Kind
AT_ONCE = 1000


def start(trial: Trial, *, now: datetime) -> None:
    """Draw all who are there, and freeze what decides. Raises NotDone.

    All of it happens, or nothing. If its first day has passed, today is the first.
    """
    try:
        with transaction.atomic():
            # The move first: whoever plans it anew at the same moment comes too late.
            trial.move(State.RUNNING, now=now, began_at=now)
            _draw(trial, now=now)
    except IntegrityError as error:
        raise NotDone(
            _("Something is tried with this already. Wait for its end.")
        ) from error
    except ForbiddenMove as error:
        raise NotDone(_("This trial has begun already.")) from error
    except LostRace as error:
        raise NotDone(_("Somebody else has just changed it.")) from error
    finally:
        trial.refresh_from_db()


def _draw(trial: Trial, *, now: datetime) -> None:
    today = localdate(now)
    _check(trial, today=today)
    found = pool(trial)
    waves = _waves(trial, found, today=today)
    counts = Counter(unit.stratum for unit in found.units)
    mechanism = Mechanism(
        kind=trial.kind,
        unit=trial.unit,
        shares=_shares(trial),
        waves=waves,
        counts=tuple(sorted(counts.items())),
        people=found.people,
    )
    rows = Trial.objects.filter(pk=trial.pk)
    begins = max(trial.begins, today)
    rows.update(begins=begins, waves=waves, mechanism=asdict(mechanism))
    trial.refresh_from_db()
    places = mechanism.draw(found.units, seed=trial.seed)
    note(trial, [(unit, places[unit.id]) for unit in found.units], now=now)
    rows.update(sealed=seal(decides(trial)))


def _check(trial: Trial, *, today: date) -> None:
    if trial.lever not in LEVERS:
        raise NotDone(_("This version of Pesue cannot try that any more."))
    over = Trial.objects.filter(lever=trial.lever, state=State.ENDED, removal__gt=0)
    follows = [one.followed_until for one in over]
    if any(last and last >= today for last in follows):
        raise NotDone(
            _(
                "What the last trial of this left behind is being followed. Wait for "
                "its last day."
            )
        )
    if trial.ends <= today:
        raise NotDone(_("Its last day has passed, or is today. Choose a later one."))


def _waves(trial: Trial, found: Pool, *, today: date) -> int:
    """How many waves there are; 0 but in a roll-out. The last has its days, too."""
    if trial.kind == Kind.HOLDOUT:
        return 0
    if len(found.units) < 2:
        raise NotDone(_("There is nothing to draw: fewer than two."))
    if trial.kind == Kind.ARMS:
        return 0
    days = length(max(trial.begins, today), trial.ends)
    waves = min(days // trial.days, len(found.units))
    if waves < 2:
        raise NotDone(
            _("There is no room in it for twice %(days)d days. Let it last longer.")
            % {"days": trial.days}
        )
    return waves


def _shares(trial: Trial) -> tuple[tuple[str, int], ...]:
    """The arms that are drawn; of a roll-out all get the one."""
    rows = trial.arms.filter(share__gt=0).order_by("key")
    return tuple(rows.values_list("key", "share"))


def note(
    trial: Trial,
    placed: Iterable[tuple[Unit, Place]],
    *,
    now: datetime,
    late: bool = False,
) -> int:
    """Write down what units were drawn into; who stands there already stays so."""
    arms = dict(trial.arms.values_list("key", "pk"))
    rows = [
        Assignment(
            trial=trial,
            arm_id=arms[place.arm],
            stratum=unit.stratum,
            wave=place.wave,
            starts_on=begins_for(trial, place),
            late=late,
            at=now,
            **_named(unit.id),
        )
        for unit, place in placed
    ]
    Assignment.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=late)
    return len(rows)


def _named(key: str) -> dict[str, Any]:
    kind, _sep, number = key.partition(":")
    member = int(number) if kind == Trial.Unit.MEMBER else None
    return {"kind": kind, "unit": int(number), "member_id": member}


def stop(trial: Trial, *, by: Member, why: str, now: datetime) -> None:
    """End it before its day, and say why, for all to read. Raises NotDone."""
    if not why.strip():
        raise NotDone(_("Say why it ends early. Everybody can read it."))
    try:
        trial.move(
            State.STOPPED,
            now=now,
            over_at=now,
            why_stopped=" ".join(why.split())[:300],
            stopped_by=by,
        )
    except (ForbiddenMove, LostRace) as error:
        raise NotDone(_("It is not running any more.")) from error


def take_in(trial: Trial, *, now: datetime) -> int:
    """Note the lots of teams and members that came after the draw. Returns how many.

    They have them already: a late lot depends on nothing but the unit.
    """
    mechanism = mechanism_of(trial)
    keys = [f"{trial.unit}:{number}" for number in newcomers(trial)[:AT_ONCE]]
    placed = [(Unit(key), mechanism.late(key, seed=trial.seed)) for key in keys]
    return note(trial, placed, now=now, late=True) if placed else 0
