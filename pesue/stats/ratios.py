"""Ratios of sums, such as visits per share, and effects relative to a mean."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pesue.stats.arms import coded, two_arms
from pesue.stats.estimates import Estimate, Floats, TooFew, Unusable, Why, numbers, sure
from pesue.stats.means import Part, welch


def ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """The sum of the numerators over the sum of the denominators, by the delta method.

    One entry a person, or a row of several where `clusters` says whose each row is
    (or in whose team): those are then the unit. The denominators are counts, or at
    least never below 0. The interval is good while the sum of the denominators is
    well known; where it is not, ask `fieller`.

    Raises TooFew where the denominators are all 0 (EMPTY), there is one unit, or the
    ratio is the same for all (CONSTANT); Unusable for a denominator below 0.
    Source: W. G. Cochran, "Sampling Techniques" (3rd ed., 1977), section 2.11;
    A. Deng, U. Knoblich and J. Lu, KDD 2018.
    """
    above, below = _counts(numerator, denominator)
    part, units = _part(above, below, clusters)
    return Estimate.of(
        part.value,
        sqrt(part.variance),
        df=part.df,
        n=len(above),
        clusters=None if clusters is None else units,
        confidence=confidence,
    )


def ratio_difference(
    numerator: ArrayLike,
    denominator: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """The ratio among the treated less that among the others, with Welch's df.

    As in `ratio`, one entry a row; `treated` is 0 or 1, and the same for all rows of
    a cluster: else it raises Unusable (REPEATED). It raises what `ratio` raises for
    either arm, but CONSTANT only where neither has an error.
    """
    one, other, n, units = _arms(numerator, denominator, treated, clusters)
    return welch(one, other, n=n, clusters=units, confidence=confidence)


def lift(
    numerator: ArrayLike,
    denominator: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """The treated's ratio over the control's, less 1: 0.1 is ten per cent more.

    For a mean per person, give ones as denominators. By the delta method, with
    Satterthwaite's df.

    Raises what `ratio_difference` raises, and TooFew (FEW) where the control's ratio
    is not told apart from 0 at `confidence`: then any lift could be.
    Source: as for `ratio`; the variance is that of a ratio of two independent
    numbers, (v1 + (r1 / r0)^2 v0) / r0^2.
    """
    one, other, n, units = _arms(numerator, denominator, treated, clusters)
    critical = float(stats.t.ppf((1 + sure(confidence)) / 2, other.df))
    if not abs(other.value) > critical * sqrt(other.variance):
        raise TooFew(
            Why.FEW, "The control arm may be at 0: an effect relative to it says none."
        )
    times = one.value / other.value
    return welch(
        Part(times, one.variance / other.value**2, one.df),
        Part(1.0, times**2 * other.variance / other.value**2, other.df),
        n=n,
        clusters=units,
        confidence=confidence,
    )


def _counts(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    above, below = numbers(numerator, denominator)
    if below.min() < 0:
        raise Unusable(Why.NOT_IN_RANGE, "A denominator is below 0.")
    return above, below


def _arms(
    numerator: ArrayLike,
    denominator: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike | None,
) -> tuple[Part, Part, int, int | None]:
    """The ratio in each arm; how many rows there are, and clusters if they count."""
    above, below = _counts(numerator, denominator)
    arm = two_arms(treated, len(above))
    if clusters is None:
        one, _ = _part(above[arm], below[arm], None)
        other, _ = _part(above[~arm], below[~arm], None)
        return one, other, len(above), None
    codes, _ = coded(clusters, len(above))
    if np.intersect1d(codes[arm], codes[~arm]).size:
        raise Unusable(Why.REPEATED, "A cluster is in both arms.")
    one, units = _part(above[arm], below[arm], codes[arm])
    other, others = _part(above[~arm], below[~arm], codes[~arm])
    return one, other, len(above), units + others


def _part(above: Floats, below: Floats, clusters: ArrayLike | None) -> tuple[Part, int]:
    """The ratio of the sums with its variance, and how many units it is made of."""
    if not below.any():
        raise TooFew(Why.EMPTY, "The denominators are all 0.")
    found = float(above.sum() / below.sum())
    left, size = above - found * below, np.abs(above) + abs(found) * below
    few = Why.FEW
    if clusters is not None:
        codes, count = coded(clusters, len(above))
        left = np.bincount(codes, left, count).astype(np.float64)
        size = np.bincount(codes, size, count).astype(np.float64)
        few = Why.FEW_CLUSTERS
    units = len(left)
    if units < 2:
        raise TooFew(few, "One unit has no spread.")
    # What is left of parts that cancel out is their rounding.
    left = np.where(np.abs(left) > 1e-12 * size, left, 0.0)
    variance = units / (units - 1) * float(np.square(left).sum()) / below.sum() ** 2
    return Part(found, float(variance), units - 1), units


class Extent(StrEnum):
    BOUNDED = "bounded"  # from low to high
    OUTSIDE = "outside"  # everything but what lies inside `gap`
    EVERYTHING = "everything"  # no ratio can be ruled out


@dataclass(frozen=True)
class Fieller:
    """The ratios that the data do not rule out at `confidence`.

    Only where `extent` is BOUNDED are there ends, `low` and `high`. OUTSIDE means that
    the denominator may be 0: all ratios are possible but those within `gap`, of which
    an end may be infinite. EVERYTHING has no gap either. `estimate` is None where the
    denominator is 0.
    """

    estimate: float | None
    extent: Extent
    low: float | None
    high: float | None
    gap: tuple[float, float] | None
    confidence: float


def fieller(
    numerator: float,
    denominator: float,
    numerator_se: float,
    denominator_se: float,
    covariance: float = 0.0,
    *,
    df: float = inf,
    confidence: float = 0.95,
) -> Fieller:
    """The set of ratios numerator / denominator, right however near 0 the latter is.

    Both are estimates with their standard errors and the covariance of these. A ratio
    r is in the set where numerator - r denominator is not told apart from 0 by the
    t-test with `df`.

    Raises Unusable for errors below 0, a covariance beyond what they allow, and
    numbers that are none; TooFew (CONSTANT) where both errors are 0.
    Source: E. C. Fieller, JRSS B 16 (1954) 175-185.
    """
    if not (isfinite(numerator) and isfinite(denominator)):
        raise Unusable(Why.NOT_FINITE, "A number is missing or infinite.")
    _possible(numerator_se, denominator_se, covariance)
    if not (df > 0 and 0 < confidence < 1):
        raise Unusable(Why.NOT_IN_RANGE, "No such confidence, or degrees of freedom.")
    t2 = float(stats.t.ppf((1 + confidence) / 2, df)) ** 2
    # r is in the set where a r^2 - 2 b r + c <= 0.
    a = denominator**2 - t2 * denominator_se**2
    extent, low, high = _solved(
        a=a if abs(a) > 1e-12 * denominator**2 else 0.0,
        b=numerator * denominator - t2 * covariance,
        c=numerator**2 - t2 * numerator_se**2,
    )
    estimate = numerator / denominator if denominator else None
    if extent is Extent.BOUNDED:
        return Fieller(estimate, extent, low, high, None, confidence)
    gap = (low, high) if extent is Extent.OUTSIDE else None
    return Fieller(estimate, extent, None, None, gap, confidence)


def _possible(one: float, other: float, covariance: float) -> None:
    """Raises where no two errors are of these sizes and this covariance."""
    if not all(map(isfinite, (one, other, covariance))):
        raise Unusable(Why.NOT_FINITE, "A number is missing or infinite.")
    if min(one, other) < 0 or abs(covariance) > one * other * (1 + 1e-9):
        raise Unusable(Why.NOT_IN_RANGE, "No errors have this covariance.")
    if not (one or other):
        raise TooFew(Why.CONSTANT, "Neither number has an error.")


def _solved(a: float, b: float, c: float) -> tuple[Extent, float, float]:
    """Where a r^2 - 2 b r + c <= 0, and the ends of that or of its gap."""
    square = b * b - a * c
    if a > 0:
        half = sqrt(max(square, 0.0)) / a
        return Extent.BOUNDED, b / a - half, b / a + half
    if a < 0 and square > 0:
        half = sqrt(square) / -a
        return Extent.OUTSIDE, b / a - half, b / a + half
    if a == 0 and b:
        edge = c / (2 * b)
        return Extent.OUTSIDE, *((-inf, edge) if b > 0 else (edge, inf))
    return Extent.EVERYTHING, -inf, inf
