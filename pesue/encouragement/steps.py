"""What the worker does in this room. Each step may be run again at any time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Max

from pesue.encouragement.milestones import reached
from pesue.encouragement.models import Impact
from pesue.foundation.models import Run
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.queries.links import people

MARGIN = timedelta(minutes=5)  # far longer than storing a row takes
BATCH = 500


def tell_impact(now: datetime) -> int:
    """Tell members how many people their words brought, a milestone at a time.

    Of the milestones reached since last time only the highest is told.
    Returns how many shares it looked at.
    """
    since = Run.last_finished(tell_impact, now=now)
    days = LinkDay.objects.filter(people__gt=0)
    if since:
        days = days.filter(changed_at__gt=since - MARGIN)
    ids = days.values_list("link__share_id", flat=True).distinct().iterator(BATCH)
    looked = 0
    while batch := list(islice(ids, BATCH)):
        _tell(batch, now)
        looked += len(batch)
    return looked


def _tell(share_ids: list[int], now: datetime) -> None:
    totals = people(share_ids)
    told = dict(
        Impact.objects.filter(share_id__in=share_ids)
        .values_list("share_id")
        .annotate(most=Max("people"))
    )
    authors = _authors(share_ids)
    new = [
        Impact(member_id=authors[share], share_id=share, people=step, at=now)
        for share, total in totals.items()
        if (step := reached(total)) > told.get(share, 0) and share in authors
    ]
    Impact.objects.bulk_create(new, ignore_conflicts=True)


def _authors(share_ids: Iterable[int]) -> dict[int, int]:
    return dict(Share.objects.filter(pk__in=share_ids).values_list("pk", "member_id"))
