"""When a nudge may go out. Pure: no Django."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKEND = 5  # Saturday, as date.weekday() counts


@dataclass(frozen=True)
class Hours:
    """Open on weekdays from `start` until `end`, by the clock of `zone`.

    With `end` before `start` the open hours pass midnight, as a night shift's do.
    Equal times mean all day.
    """

    start: time
    end: time
    zone: ZoneInfo

    def next_open(self, at: datetime) -> datetime:
        """The first moment from `at` on when a nudge may go out, in UTC or as given."""
        here = at.astimezone(self.zone)
        for days in range(-1, 8):
            day = here.date() + timedelta(days=days)
            if day.weekday() >= WEEKEND:
                continue
            opens = datetime.combine(day, self.start, self.zone)
            last = day + timedelta(days=1 if self.end <= self.start else 0)
            closes = datetime.combine(last, self.end, self.zone)
            if here < closes:
                return at if here >= opens else opens.astimezone(at.tzinfo)
        raise AssertionError("a week has weekdays")
