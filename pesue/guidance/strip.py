"""Half a year of days as a strip, for those who would rather look than read."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 182
WIDE = 2  # a day, in the drawing's own units
ROW = 16  # of a period's bar, with the space under it
FOOT = 18  # where the months stand


@dataclass(frozen=True)
class Bar:
    name: str
    x: int
    y: int
    width: int


@dataclass(frozen=True)
class Mark:
    """Where a month begins."""

    day: date
    x: int


@dataclass(frozen=True)
class Strip:
    bars: list[Bar]
    marks: list[Mark]
    width: int
    height: int
    foot: int  # the line of the months


def strip(spans: list[tuple[str, date, date]], *, today: date) -> Strip | None:
    """The periods (name, first and last day) that lie within half a year of today."""
    last = today + timedelta(days=DAYS - 1)
    seen = [span for span in spans if span[2] >= today and span[1] <= last]
    bars = []
    for row, (name, starts, ends) in enumerate(sorted(seen, key=lambda s: s[1])):
        x = (max(starts, today) - today).days
        width = (min(ends, last) - today).days + 1 - x
        bars.append(Bar(name, x * WIDE, row * ROW, width * WIDE))
    days = [today + timedelta(days=n) for n in range(DAYS)]
    marks = [Mark(day, n * WIDE) for n, day in enumerate(days) if day.day == 1]
    height = len(bars) * ROW + FOOT
    return Strip(bars, marks, DAYS * WIDE, height, height - 4) if bars else None
