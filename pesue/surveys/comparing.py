"""Our figure beside those of others, of which each is partly chance.

Others' estimates are pooled with random effects; each is drawn towards the middle as
far as its error says it should be, so that the smallest organisations, whose figures
jump about most, do not stand at both ends. No Django, no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import NormalDist

import numpy as np

from pesue.stats.pooling import pool
from pesue.stats.shrinkage import shrink
from pesue.surveys.figures import Figure, Key

Z95 = NormalDist().inv_cdf(0.975)
FEWEST = 5  # organisations beside us: of fewer, one could be told from the others


@dataclass(frozen=True)
class Spread:
    """How others stand. All are in the figure's own unit."""

    middle: float  # of all organisations, with its interval at 95 %
    low: float
    high: float
    quarter: float  # between these two stands the middle half, partially pooled
    three_quarters: float
    new_low: float  # where one more organisation would stand, at 95 %
    new_high: float


@dataclass(frozen=True)
class Compared:
    item: str
    option: str
    ours: Figure | None
    others: int  # how many told of it
    spread: Spread | None  # None below FEWEST

    @property
    def missing(self) -> int:
        return max(0, FEWEST - self.others)

    @property
    def is_share(self) -> bool:
        return bool(self.option)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Of our own interval at 95 %."""
        if self.ours is None:
            return None
        reach = Z95 * self.ours.se
        return _within(self.ours.value - reach, self.is_share), _within(
            self.ours.value + reach, self.is_share
        )


def compare(
    ours: Mapping[Key, Figure], others: Sequence[Mapping[Key, Figure]]
) -> list[Compared]:
    """By item, those that we asked; each of `others` is one organisation's."""
    return [
        Compared(key[0], key[1], figure, len(told), spread(told))
        for key, figure in ours.items()
        for told in [[one[key] for one in others if key in one]]
    ]


def spread(told: Sequence[Figure]) -> Spread | None:
    if len(told) < FEWEST:
        return None
    values = np.array([one.value for one in told])
    errors = np.array([one.se for one in told])
    pooled = pool(values, errors)
    quarters = np.quantile(shrink(values, errors).estimates, [0.25, 0.75])
    share = told[0].unit == "share"
    ends = (
        pooled.mean.estimate,
        pooled.mean.low,
        pooled.mean.high,
        float(quarters[0]),
        float(quarters[1]),
        pooled.new_low,
        pooled.new_high,
    )
    return Spread(*(_within(end, share) for end in ends))


def _within(value: float, share: bool) -> float:
    least, most = (0.0, 1.0) if share else (1.0, 7.0)
    return min(max(value, least), most) if abs(value) < inf else value
