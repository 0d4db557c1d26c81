"""What the worker does in this room. Each step may be run again at any time."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from pesue.foundation.counts import Count as Counts
from pesue.foundation.models import Run
from pesue.measurement.actions import keep_afterwards, keep_reading, letters
from pesue.measurement.actions.counts import fill
from pesue.measurement.actions.outside import sweep
from pesue.measurement.actions.senders import REMEMBERED, forget_heard
from pesue.measurement.models import MonthPaths, TrialReading
from pesue.measurement.periods import WEEK, Month, monday
from pesue.measurement.queries import paths, raw, reports
from pesue.measurement.queries.readings import OVER
from pesue.trials.models import Trial

LETTERS_UNTIL = 10  # of the month
UNANSWERED = timedelta(days=2)
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


def read_trials(now: datetime) -> int:
    """Read each trial that is over, once: what it was made of may go then. And once
    more when the time is over that was to be followed after it."""
    waiting = Trial.objects.filter(state__in=OVER, reading=None)
    done = 0
    for trial in waiting.exclude(began_at=None):
        done += keep_reading(trial, now=now)
    followed = TrialReading.objects.filter(after={}, trial__removal__gt=0)
    for kept in followed.select_related("trial"):
        last = kept.trial.followed_until
        if last is not None and last < localdate(now):
            done += keep_afterwards(kept)
    return done


def write_letters(now: datetime) -> int:
    """The letter of the month that is over, in the first days of the next one."""
    today = localdate(now)
    month = Month.of(today.replace(day=1) - timedelta(days=4))
    is_news = month.ends <= today and today.day <= LETTERS_UNTIL
    counted = Counts.objects.filter(begins=month.begins, grain=Counts.Grain.MONTH)
    if not is_news or not counted.exists():
        return 0
    return letters.write_letters(month, now=now)


def keep_paths(now: datetime) -> int:
    """How people went their way until the end of the newest month that is counted."""
    months = reports.months(localdate(now))
    if not months or MonthPaths.objects.filter(begins=months[0].begins).exists():
        return 0
    about = {"at": now, "found": paths.found(months[0])}
    MonthPaths.objects.get_or_create(begins=months[0].begins, defaults=about)
    return 1


def forget_outside(now: datetime) -> int:
    """Let go of numbers from outside that nobody said yes to, of their files, and of
    the keys of what systems sent long ago.

    The folder is looked through in the first minute of an hour, not every second.
    """
    if now.minute:
        return 0
    forgotten = forget_heard(before=localdate(now) - REMEMBERED)
    return forgotten + sweep(before=now - UNANSWERED)


def _from(first: date, until: date) -> set[Month]:
    """The months of the weeks from `first`'s that ended by `until`."""
    weeks = range((until - monday(first)) // WEEK)
    return {Month.of(first + n * WEEK) for n in weeks}
