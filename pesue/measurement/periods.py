"""Periods of results: days, weeks and months of whole weeks, one inside the other.

Two periods never overlap in part, so nobody's acts can be had by taking one from the
other. A month is the weeks whose Thursday is in it (as ISO 8601 gives weeks to
years): it begins on a Monday, and has four or five of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - day.weekday() * DAY


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int  # 1 to 12

    @classmethod
    def of(cls, day: date) -> "Month":
        thursday = monday(day) + 3 * DAY
        return cls(thursday.year, thursday.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begins(self) -> date:
        first = date(self.year, self.number, 1)
        return first + (3 - first.weekday()) % 7 * DAY - 3 * DAY

    @property
    def ends(self) -> date:
        """The day after its last day: the Monday of the next month."""
        return self.next().begins

    def next(self) -> "Month":
        years, before = divmod(self.number, 12)
        return Month(self.year + years, before + 1)

    def weeks(self) -> Iterator[date]:
        """The Mondays of its weeks."""
        week = self.begins
        while week < self.ends:
            yield week
            week += WEEK


def days(week: date) -> list[date]:
    return [week + n * DAY for n in range(7)]
