"""What a trial could find, said before it begins: formulas for people and for teams.

A design of `People` or of `Teams` knows the standard error and the degrees of freedom
its comparison of two arms will have. `simulated.py` answers the same questions from an
organisation's own history.
"""

from dataclasses import dataclass, replace
from math import inf, isfinite, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pesue.stats.estimates import (
    Floats,
    TooFew,
    Unusable,
    Why,
    floats,
    in_order,
    numbers,
    sure,
)

MOST = 10**9  # people or teams: no organisation has more


@dataclass(frozen=True)
class People:
    """A trial that draws `n` people one by one."""

    n: int  # in both arms together
    sd: float  # of the outcome between people, in its own unit
    r2: float = 0.0  # of the outcome's variance that the time before explains
    share: float = 0.5  # of the people who are treated

    def __post_init__(self) -> None:
        _check(self.sd, self.r2, self.share)
        if self.n < 4:
            raise TooFew(Why.FEW, "Two people in each arm at least.", n=self.n)

    @property
    def units(self) -> int:
        return self.n

    @property
    def df(self) -> float:
        return inf

    @property
    def se(self) -> float:
        return sqrt(_arms(self.share) * self.sd**2 * (1 - self.r2) / self.n)

    def resized(self, units: int) -> "People":
        return replace(self, n=units)


@dataclass(frozen=True)
class Teams:
    """A trial that draws whole teams."""

    teams: int  # in both arms together
    size: float  # people in a team, on average
    sd: float  # of the outcome between people, in its own unit
    icc: float  # of the outcome's variance, the share between teams
    r2: float = 0.0
    share: float = 0.5  # of the teams that are treated
    cv: float = 0.0  # standard deviation of team sizes / their mean

    def __post_init__(self) -> None:
        _check(self.sd, self.r2, self.share)
        if not 0 <= self.icc <= 1 or not self.size >= 1 or not self.cv >= 0:
            raise Unusable(Why.NOT_IN_RANGE, f"{self.icc}, {self.size}, {self.cv}")
        if self.teams < 4:
            raise TooFew(
                Why.FEW_CLUSTERS, "Two teams in each arm.", clusters=self.teams
            )

    @property
    def units(self) -> int:
        return self.teams

    @property
    def df(self) -> float:
        return self.teams - 2

    @property
    def se(self) -> float:
        unequal = (1 + self.cv**2) * self.icc + (1 - self.icc) / self.size
        variance = self.sd**2 * unequal * (1 - self.r2)
        return sqrt(_arms(self.share) * variance / self.teams)

    def resized(self, units: int) -> "Teams":
        return replace(self, teams=units)


@dataclass(frozen=True)
class Icc:
    """The intraclass correlation: how alike people of one team are, at most 1."""

    estimate: float  # below 0 where teams differ less than by chance: plan with 0
    low: float
    high: float
    n: int
    clusters: int
    size: float  # people in a team, as the variance counts them (n0)


def sd_of_share(share: float) -> float:
    """The standard deviation of a yes or no that the given share of people says."""
    if not 0 < share < 1:
        raise Unusable(Why.NOT_IN_RANGE, f"A share of {share} does not vary.")
    return sqrt(share * (1 - share))


def mde(
    design: People | Teams, *, power: float = 0.8, confidence: float = 0.95
) -> float:
    """The smallest effect that the trial finds with the given power, in outcome units.

    Raises Unusable where power or confidence are not between 0 and 1. Source:
    H. S. Bloom, "Minimum detectable effects", Evaluation Review 19 (1995) 547-556;
    the design effect of unequal teams S. M. Eldridge, D. Ashby & S. Kerry,
    International Journal of Epidemiology 35 (2006) 1292-1300.
    """
    _between(power, confidence)
    multiple = _critical(design, confidence) + float(stats.t.ppf(power, design.df))
    return max(0.0, multiple) * design.se


def power(
    design: People | Teams, effect: ArrayLike, *, confidence: float = 0.95
) -> Floats:
    """The chance to find each effect, an array of the shape of `effect`.

    Effects are in outcome units, their sign does not matter. The inverse of `mde`, so
    the chance to be wrong about the direction (below half the error) is left out.
    """
    _between(confidence)
    effects = np.abs(floats(effect))
    if not np.isfinite(effects).all():
        raise Unusable(Why.NOT_FINITE, "An effect is missing or infinite.")
    ratio = effects / design.se - _critical(design, confidence)
    return np.asarray(stats.t.cdf(ratio, design.df), dtype=np.float64)


def needed(
    design: People | Teams,
    effect: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
) -> int:
    """The fewest people (or teams) with which such a design finds the effect.

    The design's own number of units is not used. Raises Unusable where the effect is
    0 or not finite, or no number below a thousand million is enough.
    """
    if not isfinite(effect) or not effect:
        raise Unusable(Why.NOT_IN_RANGE, f"No trial finds an effect of {effect}.")

    def enough(units: int) -> bool:
        found = mde(design.resized(units), power=power, confidence=confidence)
        return found <= abs(effect)

    high = 4
    while not enough(high):
        if high > MOST:
            raise Unusable(Why.NOT_IN_RANGE, "No organisation is so large.")
        high *= 2
    low = high // 2  # not enough, or below the least there is
    while high - low > 1:
        middle = (low + high) // 2
        if middle >= 4 and enough(middle):
            high = middle
        else:
            low = middle
    return high


def icc(outcome: ArrayLike, clusters: ArrayLike, *, confidence: float = 0.95) -> Icc:
    """The share of the outcome's variance that lies between clusters.

    One outcome and one label for each person; sizes may differ. Raises TooFew where
    there are fewer than 2 clusters, no two people share one, or nobody differs.
    Source: the analysis-of-variance estimator of A. Donner & J. J. Koval, Biometrics
    36 (1980) 19-25; the interval is exact for equal sizes and normal outcomes (S. R.
    Searle, "Linear Models", 1971) and approximate otherwise.
    """
    sure(confidence)
    (y,) = numbers(outcome)
    codes, k = in_order(clusters)
    if len(codes) != len(y):
        raise Unusable(Why.SHAPES, "Each person needs one outcome and one cluster.")
    if k < 2:
        raise TooFew(Why.FEW_CLUSTERS, "At least two clusters.", clusters=k)
    if len(y) == k:
        raise TooFew(Why.FEW, "No two people are in the same cluster.", n=k)
    if np.ptp(y) == 0:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ.")
    y = y - y.mean()
    sizes = np.bincount(codes)
    means = np.bincount(codes, y) / sizes
    between = float(sizes @ means**2) / (k - 1)
    within = float(((y - means[codes]) ** 2).sum()) / (len(y) - k)
    size = float(len(y) - (sizes**2).sum() / len(y)) / (k - 1)
    tails = stats.f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], k - 1, len(y) - k)
    estimate, low, high = (
        (between - within * f) / (between + (size - 1) * within * f)
        for f in (1.0, *map(float, tails))
    )
    # Where nothing lies between clusters all three are one, up to rounding.
    low, high = min(low, estimate), max(high, estimate)
    return Icc(estimate, low, high, n=len(y), clusters=k, size=size)


def r_squared(
    before: ArrayLike, after: ArrayLike, clusters: ArrayLike | None = None
) -> float:
    """How much of the outcome's variance the time before explains, from 0 to 1.

    One number for each person; with `clusters`, of the clusters' means, as a trial
    that draws teams needs. Adjusted for the number of units, so that few of them do
    not promise too much. Raises TooFew below 4 units or where one column is constant.
    """
    x, y = numbers(before, after)
    if clusters is not None:
        x, y = _means(x, y, clusters)
    if len(x) < 4:
        raise TooFew(Why.FEW, "Too few to see a relation.", n=len(x))
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ.")
    r2 = float(np.corrcoef(x, y)[0, 1]) ** 2
    return max(0.0, 1 - (1 - r2) * (len(x) - 1) / (len(x) - 2))


def _means(x: Floats, y: Floats, clusters: ArrayLike) -> tuple[Floats, Floats]:
    codes, _k = in_order(clusters)
    if len(codes) != len(x):
        raise Unusable(Why.SHAPES, "Each person needs one cluster.")
    sizes = np.bincount(codes)
    return np.bincount(codes, x) / sizes, np.bincount(codes, y) / sizes


def _critical(design: People | Teams, confidence: float) -> float:
    return float(stats.t.ppf((1 + confidence) / 2, design.df))


def _arms(share: float) -> float:
    """What the split into two arms multiplies a variance over all units with."""
    return 1 / (share * (1 - share))


def _check(sd: float, r2: float, share: float) -> None:
    if not (sd > 0 and isfinite(sd)) or not 0 <= r2 < 1 or not 0 < share < 1:
        raise Unusable(Why.NOT_IN_RANGE, f"sd {sd}, R2 {r2}, share {share}")


def _between(*chances: float) -> None:
    if not all(0 < chance < 1 for chance in chances):
        raise Unusable(Why.NOT_IN_RANGE, f"{chances} must lie between 0 and 1.")
