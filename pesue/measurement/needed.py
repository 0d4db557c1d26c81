"""What it would take to know whether telling adds visits. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import stdev

from pesue.measurement.reading import FEWEST_ITEMS
from pesue.stats import power
from pesue.stats.estimates import Refusal

HELD = 0.2  # of the items that wait in a hold-out
ENOUGH = 5  # items whose visits are known, to tell how they differ


@dataclass(frozen=True)
class Needed:
    """A hold-out with so many items finds so many more visits four times of five."""

    items: int
    effect: float  # visits more an item
    days: int | None  # at the pace of late; None: nothing came of late


def needed(
    visits: Sequence[float], *, by_links: float, items_a_day: float
) -> Needed | None:
    """If telling added as many visits as followed our links: the most it may be.

    `visits` are those of late items in as many days each; None where too few are known.
    """
    if len(visits) < ENOUGH or by_links <= 0:
        return None
    try:
        design = power.People(n=4, sd=stdev(visits), share=1 - HELD)
        items = max(FEWEST_ITEMS, power.needed(design, by_links))
    except Refusal:
        return None
    days = ceil(items / items_a_day) if items_a_day > 0 else None
    return Needed(items, by_links, days)
