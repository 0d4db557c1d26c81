"""All that a month's report is made of. Numbers and names of trials; no people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pesue.measurement.advice import Advice, Tried
from pesue.measurement.calibrated import Judged, Measured
from pesue.measurement.costs import Costs
from pesue.measurement.needed import Needed
from pesue.measurement.paths import Paths
from pesue.measurement.periods import Month


@dataclass(frozen=True)
class PageVisits:
    """All visits to the pages of items, whoever brought them, as sources tell them."""

    visits: int
    days: int  # of the month that some source knows


@dataclass(frozen=True)
class HoldOut:
    """What a hold-out of items found, and how much of the month it covered."""

    trial: int
    name: str
    over: date
    judged: Judged | None  # visits more an item; None: it has no figure
    offered: int = 0  # items that it offered at once in the month
    days: int = 0  # of the month that it ran

    @property
    def visits(self) -> Measured | None:
        """Over all items offered in the month."""
        if self.judged is None or not self.offered:
            return None
        return self.judged.found.times(self.offered)


@dataclass(frozen=True)
class Money:
    costs: Costs
    sign: str  # "€"
    click: tuple[float, float] | None = None  # what a click costs the house's adverts


@dataclass(frozen=True)
class Week:
    begins: date
    people: int | None  # None: not shown


@dataclass(frozen=True)
class WavePoint:
    """The effect so many periods after a team got it (below 0: before)."""

    at: int
    measured: Measured


@dataclass(frozen=True)
class Waves:
    name: str  # of the roll-out
    unit: str
    points: Sequence[WavePoint]


@dataclass(frozen=True)
class Span:
    """The days of a trial, as they are or are planned."""

    name: str
    begins: date
    ends: date


@dataclass(frozen=True)
class Known:
    month: Month
    home: str  # the organisation's name
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    pages: PageVisits | None = None
    afterwards: Mapping[str, int] | None = None
    held: HoldOut | None = None  # of this month
    held_before: HoldOut | None = None  # the last of those before it
    holding_until: date | None = None  # one is running
    needed: Needed | None = None
    tried: Sequence[Tried] = ()  # over by the month's end, newest first
    running: Sequence[str] = ()  # names
    money: Money | None = None
    weeks: Sequence[Week] = ()
    spans: Sequence[Span] = ()
    waves: Waves | None = None
    paths: Paths = field(default_factory=Paths)
    advice: Sequence[Advice] = ()

    @property
    def tried_now(self) -> list[Tried]:
        """Those that ended in the month."""
        first, after = self.month.begins, self.month.ends
        return [one for one in self.tried if first <= one.over < after]

    @property
    def added(self) -> Measured | None:
        return self.held.visits if self.held else None

    @property
    def days(self) -> int:
        return (self.month.ends - self.month.begins).days
