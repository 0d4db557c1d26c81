"""Items that are offered later than they came, by lot."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pesue.people.models import Member
from pesue.trials.models import Assignment, Trial
from pesue.trials.queries.given import staying_out


def held(lever: str, *, today: date, member: Member | None = None) -> QuerySet[Any]:
    """Rows of items that are held back on a day, by `unit`, the item's id.

    Nothing is held back from a member who stays out of trials. To be used within
    another query: no query of its own.
    """
    rows = Assignment.objects.filter(
        trial__lever=lever,
        trial__state=Trial.State.RUNNING,
        kind=Trial.Unit.ITEM,
        starts_on__gt=today,
    )
    if member is not None:
        out = staying_out(OuterRef("trial__began_at")).filter(member=member)
        rows = rows.exclude(Exists(out))
    return rows


def held_until(
    lever: str, item_id: int, *, today: date, member: Member | None = None
) -> date | None:
    """From which day an item is offered, if it is held back now."""
    rows = held(lever, today=today, member=member).filter(unit=item_id)
    found: date | None = rows.values_list("starts_on", flat=True).first()
    return found


def is_left_out(lever: str, item_id: int) -> bool | None:
    """Whether an item was kept out of the hold-out; None: its lot can still be drawn.

    Of items that are there already, and where nothing is held back, it is False.
    """
    trial = Trial.objects.filter(lever=lever, state=Trial.State.RUNNING)
    row = Assignment.objects.filter(
        trial=OuterRef("pk"), kind=Trial.Unit.ITEM, unit=item_id
    )
    found = trial.annotate(
        drawn=Exists(row), out=Exists(row.filter(arm__isnull=True))
    ).first()
    if found is None:
        return False
    return bool(found.out) if found.drawn else None
