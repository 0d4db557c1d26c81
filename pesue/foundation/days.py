"""Days by the organisation's clock."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone


def midnight(day: date) -> datetime:
    """When the day begins by the organisation's clock."""
    return datetime.combine(day, time(), get_default_timezone())


def following(month: date) -> date:
    """The first day of the next month; `month` is any day of it."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_asked(text: str | None, today: date) -> date:
    """The first day of the month in an address, 2026-03; of this one, if it is none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2000 <= first.year <= 2100 else today.replace(day=1)


@dataclass(frozen=True)
class Month:
    """A page of a calendar."""

    first: date

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def before(self) -> date:
        """The first of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return following(self.first)

    def days_by_week(self) -> list[list[date]]:
        """Whole weeks from Monday: with days of its neighbours at both ends."""
        return Calendar().monthdatescalendar(self.first.year, self.first.month)
