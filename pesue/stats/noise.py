"""Counts released with noise, so that nobody can tell whether one person is in them.

The noise is whole numbers from the two-sided geometric distribution: 0 most often, and
each step away from it less likely by the factor exp(-epsilon / sensitivity). Whoever
shows a noisy figure shows an interval that counts the noise.
"""

from dataclasses import dataclass, replace
from math import ceil, exp, isfinite, log

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from pesue.stats.estimates import Floats, TooFew, Unusable, Why, sure

YEARLY = 4.0  # of epsilon, for all releases about the same people in a year
LEAST = 1e-6  # of epsilon / sensitivity: below, the noise drowns any organisation
FAR = 30.0  # noise over 30 / ratio has a chance of less than 1e-13


@dataclass(frozen=True)
class NoisyCount:
    """What is released instead of a count. The count itself is not in it.

    `low` and `high` are the ends of the interval for the count; `count` may lie below 0
    or above the number of people, and is shown cut off there.
    """

    count: int
    low: int
    high: int
    epsilon: float
    confidence: float = 0.95


@dataclass(frozen=True)
class NoisyShare:
    """A share from a released count, its interval counting both chance and noise."""

    share: float
    low: float
    high: float
    of: int
    confidence: float = 0.95


@dataclass(frozen=True)
class Budget:
    """What may be told of the same people in a year, and what has been.

    Releases about the same people add up (basic composition); those about groups that
    share nobody cost only the largest of them. Source: C. Dwork & A. Roth, "The
    Algorithmic Foundations of Differential Privacy" (2014), chapter 3.
    """

    total: float = YEARLY
    spent: float = 0.0

    @property
    def left(self) -> float:
        return max(0.0, self.total - self.spent)

    def releases(self, epsilon: float) -> int:
        """How many more releases of this epsilon there may be."""
        _ratio(epsilon, 1)
        # Ten releases of 0.1 cost 1, whatever their sum is in binary fractions.
        return int(self.left / epsilon + 1e-9)

    def spend(self, epsilon: float) -> "Budget":
        """The budget after one more release; Unusable where not enough is left."""
        if not self.releases(epsilon):
            raise Unusable(
                Why.NOT_IN_RANGE, "The year's budget is spent.", left=self.left
            )
        return replace(self, spent=self.spent + epsilon)


def geometric(
    rng: np.random.Generator,
    epsilon: float,
    sensitivity: int = 1,
    size: int | tuple[int, ...] | None = None,
) -> NDArray[np.int64]:
    """Whole-number noise of the two-sided geometric distribution, 0 on average.

    `sensitivity` is how much one person can change the count: 1 for a count of
    people. Raises Unusable where epsilon is not above 0 or sensitivity below 1.

    Source: A. Ghosh, T. Roughgarden & M. Sundararajan, "Universally utility-maximizing
    privacy mechanisms", SIAM Journal on Computing 41 (2012) 1673-1693.
    """
    stay = -np.expm1(-_ratio(epsilon, sensitivity))  # 1 - exp(-ratio), also when tiny
    noise = rng.geometric(stay, size) - rng.geometric(stay, size)
    return np.asarray(noise, dtype=np.int64)


def variance(epsilon: float, sensitivity: int = 1) -> float:
    """The noise's variance, to be added to that of a figure made from noisy counts."""
    ratio = _ratio(epsilon, sensitivity)
    return float(2 * exp(-ratio) / np.expm1(-ratio) ** 2)


def noisy_count(
    count: int,
    rng: np.random.Generator,
    epsilon: float,
    sensitivity: int = 1,
    *,
    confidence: float = 0.95,
) -> NoisyCount:
    """The count with noise, and the interval that holds the count itself.

    Each call is a release: it costs epsilon of the budget, and the same count is never
    released twice with new noise, which would average it away. The interval holds the
    count with at least the confidence. Raises as `geometric` does.
    """
    if count < 0:
        raise Unusable(Why.NOT_IN_RANGE, f"a count of {count}")
    noisy = int(count + geometric(rng, epsilon, sensitivity))
    reach = _reach(_ratio(epsilon, sensitivity), confidence)
    return NoisyCount(
        noisy, max(0, noisy - reach), max(0, noisy + reach), epsilon, confidence
    )


def noisy_share(
    released: int,
    of: int,
    epsilon: float,
    sensitivity: int = 1,
    *,
    confidence: float = 0.95,
) -> NoisyShare:
    """The share that a released count of `of` people tells of, with its interval.

    It is the interval of Clopper and Pearson (Biometrika 26, 1934, 404-413) for the
    chance behind the count, with the noise's distribution in place of none: the
    chances are kept under which neither so many nor so few would be rare. It covers
    with at least the confidence, for any size of team.

    Raises TooFew where `of` is not above 0; Unusable as `geometric` does.
    """
    if of < 1:
        raise TooFew(Why.EMPTY, "Nobody is counted.")
    ratio = _ratio(epsilon, sensitivity)
    seen = min(max(released, 0), of)  # beyond the ends it says no more than there
    tail = (1 - sure(confidence)) / 2
    low = _least_chance(seen, of, ratio, tail)
    # Not doing it is a thing to do, too.
    high = 1 - _least_chance(of - seen, of, ratio, tail)
    return NoisyShare(seen / of, low, high, of, confidence)


def _least_chance(seen: int, of: int, ratio: float, tail: float) -> float:
    """The least chance under which a released count so large is not rarer than tail."""
    far = ceil(FAR / ratio)
    counts = np.arange(max(0, seen - far), min(of, seen + far) + 1)
    released = _at_least(seen - counts, ratio)  # so large, by the count behind

    def over(p: float) -> float:
        larger = stats.binom.sf(counts[-1], of, p)
        return float(stats.binom.pmf(counts, of, p) @ released + larger - tail)

    return 0.0 if over(0) >= 0 else float(optimize.brentq(over, 0, 1, xtol=1e-12))


def _at_least(value: NDArray[np.int64], ratio: float) -> Floats:
    """The chance that the noise is `value` or more."""
    above = np.exp(-ratio * np.where(value > 0, value, 1 - value)) / (1 + exp(-ratio))
    return np.asarray(np.where(value > 0, above, 1 - above))


def _reach(ratio: float, confidence: float) -> int:
    """How far the noise goes at most, with the given confidence."""
    beyond = log((1 - sure(confidence)) * (1 + exp(-ratio)) / 2) / -ratio
    return max(0, ceil(beyond) - 1)


def _ratio(epsilon: float, sensitivity: int) -> float:
    if not (isfinite(epsilon) and sensitivity >= 1 and epsilon / sensitivity >= LEAST):
        raise Unusable(Why.NOT_IN_RANGE, f"epsilon {epsilon}, {sensitivity}")
    return epsilon / sensitivity
