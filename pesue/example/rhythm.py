"""On which days a leader is asked for a few words. No Django."""

from datetime import date, timedelta

DAY = timedelta(days=1)
LATEST = timedelta(days=2)  # a mail later than that is another day's


def first(every: str, weekday: int, today: date) -> date | None:
    """The first of the days after `today`; None for somebody who wants none."""
    return _from(every, weekday, today + DAY)


def following(every: str, weekday: int, day: date, today: date) -> date | None:
    """The day after `day` that is still to come."""
    gap = timedelta(weeks=2) if every == "two" else DAY
    found = _from(every, weekday, day + gap)
    while found is not None and found <= today:
        found = _from(every, weekday, found + gap)
    return found


def _from(every: str, weekday: int, day: date) -> date | None:
    if every not in ("week", "two", "month"):
        return None
    while day.weekday() != weekday or (every == "month" and day.day > 7):
        day += DAY
    return day
