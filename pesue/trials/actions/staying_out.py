"""Staying out of trials, and coming back."""

from datetime import datetime

from django.db import transaction

from pesue.people.models import Member
from pesue.trials.models import Assignment, Exposure, OptOut, Trial
from pesue.trials.queries.given import forget


def stay_out(member: Member, *, now: datetime) -> None:
    """The ordinary product from now on; of running trials nothing is kept of them."""
    with transaction.atomic():
        OptOut.objects.update_or_create(
            member=member, defaults={"at": now, "back_at": None}
        )
        for table in (Assignment, Exposure):
            rows = table.objects.filter(member=member, trial__state=Trial.State.RUNNING)
            rows.delete()
    forget(member)


def come_back(member: Member, *, now: datetime) -> None:
    """In the trials that begin from now on. Twice is once."""
    OptOut.objects.filter(member=member, back_at=None).update(back_at=now)
    forget(member)
