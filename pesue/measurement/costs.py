"""What a month cost, and what one visit more cost. No Django.

The visits that telling added are an estimate which may be 0, so what one cost is a set
of ratios by Fieller's method, and has no upper end where 0 cannot be ruled out.
"""

from dataclasses import dataclass
from enum import StrEnum

from pesue.measurement.calibrated import Measured
from pesue.stats.estimates import Refusal
from pesue.stats.ratios import Extent, fieller


@dataclass(frozen=True)
class Costs:
    """Of one month, in the organisation's money."""

    licence: float = 0.0
    content_hours: float = 0.0
    content_rate: float = 0.0  # of an hour
    people_minutes: float = 0.0
    people_rate: float = 0.0  # of an hour
    rewards: float = 0.0

    @property
    def content(self) -> float:
        return self.content_hours * self.content_rate

    @property
    def people(self) -> float:
        return self.people_minutes / 60 * self.people_rate

    @property
    def total(self) -> float:
        return self.licence + self.content + self.people + self.rewards


class Bound(StrEnum):
    BOUNDED = "bounded"  # from low to high
    UNBOUNDED = "unbounded"  # more than `least` if any was added; no upper end
    NONE_ADDED = "none_added"  # telling took visits away, as far as one can tell
    NO_COST = "no_cost"


@dataclass(frozen=True)
class PerVisit:
    bound: Bound
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None


def per_visit(total: float, visits: Measured) -> PerVisit:
    """The total over the visits added, with Fieller's interval at 95 %."""
    if total <= 0:
        return PerVisit(Bound.NO_COST)
    try:
        found = fieller(total, visits.estimate, 0.0, visits.error)
    except Refusal:  # no error at all: nothing that can be relied on
        return PerVisit(Bound.UNBOUNDED)
    if found.extent is not Extent.BOUNDED:
        least = found.gap[1] if found.gap else None
        return PerVisit(Bound.UNBOUNDED, least=least if (least or 0) > 0 else None)
    if visits.estimate <= 0:
        return PerVisit(Bound.NONE_ADDED)
    return PerVisit(Bound.BOUNDED, found.estimate, found.low, found.high)


def replacement(visits: Measured, cheap: float, dear: float) -> tuple[float, float]:
    """What buying as many visits would have cost, at the organisation's own prices."""
    low, high = sorted((cheap, dear))
    return max(0.0, visits.low) * low, max(0.0, visits.high) * high
