"""Items of a hold-out: drawn as they appear."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.people.models import Member
from pesue.trials.actions.refusals import NotDone
from pesue.trials.models import DAY, Arm, Assignment, Trial
from pesue.trials.queries.given import place_of, running


def appear(
    lever: str, item_id: int, now: datetime, *, ends: date | None = None
) -> date | None:
    """Draw an item that has just become ready: the day it is offered from, if later.

    One that was left out, or drawn before, stays as it is; so does one that `ends`, or
    whose trial ends, before it could be held back for all of the days.
    """
    today, trial = localdate(now), running(lever)
    if trial is None or trial.begins > today:
        return None
    last = min(trial.ends, ends or trial.ends)
    if today + timedelta(days=trial.days) > last + DAY:
        return None
    place = place_of(trial, f"{Trial.Unit.ITEM}:{item_id}")
    drawn = Arm.objects.get(trial=trial, key=place.arm)
    held = trial.days if drawn.is_control else 0
    row = Assignment(
        trial=trial,
        kind=Trial.Unit.ITEM,
        unit=item_id,
        arm=drawn,
        starts_on=today + timedelta(days=held),
        late=True,
        at=now,
    )
    Assignment.objects.bulk_create([row], ignore_conflicts=True)
    stands = Assignment.objects.get(trial=trial, kind=row.kind, unit=item_id).starts_on
    return stands if stands and stands > today else None


def leave_out(lever: str, item_id: int, *, by: Member, now: datetime) -> None:
    """Keep an item out of the hold-out, before it appears. Raises NotDone.

    Afterwards it would be a choice that knows the lot. That it was left out, and by
    whom, is kept.
    """
    trial = running(lever)
    if trial is None:
        raise NotDone(_("No items are held back now."))
    row = Assignment(
        trial=trial, kind=Trial.Unit.ITEM, unit=item_id, by=by, late=True, at=now
    )
    Assignment.objects.bulk_create([row], ignore_conflicts=True)
    found = Assignment.objects.filter(trial=trial, kind=row.kind, unit=item_id)
    if found.filter(arm__isnull=False).exists():
        raise NotDone(_("Its lot is drawn already."))
