"""That an arm was really met. Written once, when it happens."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from pesue.people.models import Member
from pesue.trials.models import Assignment, Exposure, Trial
from pesue.trials.queries.given import arm, forget, staying_out


def met(lever: str, member: Member, now: datetime) -> None:
    """The member has been shown or sent what the lever makes, in their arm.

    Call it where the thing has happened, of every arm. Repeated, it asks and writes
    nothing; at once from two places, one row is written. Without a trial, and for one
    who stays out, nothing happens.
    """
    given = arm(lever, member, now)
    if given is None or given.met:
        return
    _once(Exposure(trial_id=given.trial, arm_id=given.arm, member=member, first_at=now))
    forget(member)


def wanted(lever: str, item_id: int, member: Member, now: datetime) -> None:
    """Somebody wanted to tell an item that is in a hold-out, held back or not.

    So those that are offered are compared with those that would have been told.
    """
    rows = Assignment.objects.filter(
        trial__lever=lever,
        trial__state=Trial.State.RUNNING,
        kind=Trial.Unit.ITEM,
        unit=item_id,
        arm__isnull=False,
    ).exclude(trial__exposures__item=item_id)
    out = staying_out(OuterRef("trial__began_at")).filter(member=member)
    rows = rows.exclude(Exists(out))
    for trial, drawn in rows.values_list("trial", "arm"):
        _once(Exposure(trial_id=trial, arm_id=drawn, item=item_id, first_at=now))


def _once(row: Exposure) -> None:
    """Insert it, or leave the one that is there as it is."""
    with transaction.atomic():
        Exposure.objects.bulk_create([row], ignore_conflicts=True)
