"""What a file turned out to hold, as the page before the yes tells it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from pesue.measurement.outside import cells
from pesue.measurement.outside.tables import SAMPLE, Bad, NotThis, Row, stands_again


@dataclass(frozen=True)
class Asked:
    """What one said of the file beside bringing it."""

    today: date
    zone: tzinfo  # the organisation's clock
    site: str = ""  # where pages without a host are
    day: date | None = None  # of a file that does not say it
    channel: str = ""  # of a file that does not say it
    all_pages: bool = False  # of a table: a page that is not in it had no visits
    whole_days: bool = False  # of a log: its first and last day are whole
    most_bytes: int | None = None  # of a packed file, unpacked


def begins_as_total(row: Row) -> bool:
    return any(map(cells.is_total, row.all[:2]))


@dataclass
class Found:
    kind: str = ""  # "table", "matomo", "plausible", "weblog", "afterwards", "channels"
    unit: str = ""  # "visits", "views" or "visitors"
    days: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    """The days that are covered, by site; by "" where there are no sites."""
    partly: set[date] = field(default_factory=set)
    """Of these days, what is not in the file may have been there all the same."""
    names: int = 0  # pages, ids of links, channels
    number: int = 0  # in all
    left: Counter[str] = field(default_factory=Counter)
    """What was left out and needs no mending, by a key of LEFT_OUT."""
    bad: list[Bad] = field(default_factory=list)
    bad_lines: int = 0
    ours: int = 0  # items, or links, that are in it

    def note(self, line: int, why: str, about: str) -> None:
        self.bad_lines += 1
        if len(self.bad) < SAMPLE:
            self.bad.append(Bad(line, why, about[:80]))

    def take_in(
        self,
        rows: Iterable[Row],
        heads: tuple[str, ...],
        take: Callable[[Row], object],
        is_total: Callable[[Row], bool] = begins_as_total,
    ) -> None:
        """`take` every row that is neither the headings again nor a sum of others.

        A row for which it raises NotThis is noted, and the next one taken.
        """
        for row in rows:
            if stands_again(row, heads):
                self.left["headings"] += 1
            elif is_total(row):
                self.left["totals"] += 1
            else:
                try:
                    take(row)
                except NotThis as no:
                    self.note(row.line, no.why, no.about)

    @property
    def source(self) -> str:
        return f"{self.kind}/{self.unit}"

    @property
    def every_day(self) -> list[date]:
        return sorted(set().union(*self.days.values()))

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "unit": self.unit,
            "days": {
                site: sorted(day.isoformat() for day in days)
                for site, days in self.days.items()
            },
            "partly": sorted(day.isoformat() for day in self.partly),
            "names": self.names,
            "number": self.number,
            "left": dict(self.left),
            "bad": [list(bad) for bad in self.bad],
            "bad_lines": self.bad_lines,
            "ours": self.ours,
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Found":
        read = date.fromisoformat
        return cls(
            kind=said["kind"],
            unit=said["unit"],
            days={site: set(map(read, days)) for site, days in said["days"].items()},
            partly=set(map(read, said["partly"])),
            names=said["names"],
            number=said["number"],
            left=Counter(said["left"]),
            bad=[Bad(*bad) for bad in said["bad"]],
            bad_lines=said["bad_lines"],
            ours=said["ours"],
        )
