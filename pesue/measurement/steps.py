"""What the worker does in this room. Each step may be run again at any time."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from pesue.foundation.counts import Count as Counts
from pesue.foundation.models import Run
from pesue.measurement.actions import fill
from pesue.measurement.periods import WEEK, Month, monday
from pesue.measurement.queries import raw

MARGIN = timedelta(minutes=2)  # rows are stored a little after the time they bear


def count(now: datetime) -> int:
    """Count the weeks that have ended, and anew those that late rows have changed.

    Returns how many months it counted.
    """
    until = monday(localdate(now))
    since = Run.last_finished(count, now=now)
    if since is None or not Counts.objects.exists():
        first = raw.first_day()
        changed = _from(first, until) if first else set()
    else:
        changed = {
            Month.of(day) for day in raw.days_stored_since(since - MARGIN, before=until)
        }
        changed |= _from(monday(localdate(since)), until)
    for month in sorted(changed):
        fill(month, until=until)
    return len(changed)


def _from(first: date, until: date) -> set[Month]:
    """The months of the weeks from `first`'s that ended by `until`."""
    weeks = range((until - monday(first)) // WEEK)
    return {Month.of(first + n * WEEK) for n in weeks}
