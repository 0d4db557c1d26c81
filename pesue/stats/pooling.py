"""One answer from several studies of the same lever: random-effects meta-analysis.

Studies are taken to measure effects that differ, normally about a mean with standard
deviation tau. Only estimates and standard errors are needed, no data about people.

Sources: W. Viechtbauer, "Bias and efficiency of meta-analytic variance estimators in
the random-effects model", J. Educational and Behavioral Statistics 30 (2005) 261-293
(REML); R. C. Paule and J. Mandel, J. Research of the National Bureau of Standards 87
(1982) 377-385; J. Hartung and G. Knapp, Statistics in Medicine 20 (2001) 3875-3889,
and K. Sidik and J. N. Jonkman, Statistics in Medicine 21 (2002) 3153-3159 (the error);
C. Röver, G. Knapp and T. Friede, BMC Medical Research Methodology 15 (2015) article 99
(why it is not let fall below the plain one); J. P. T. Higgins and S. G. Thompson,
Statistics in Medicine 21 (2002) 1539-1558 (I2); J. P. T. Higgins, S. G. Thompson and
D. J. Spiegelhalter, J. Royal Statistical Society A 172 (2009) 137-159 (prediction).
"""

from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from pesue.stats.estimates import (
    Estimate,
    Floats,
    TooFew,
    Unusable,
    Why,
    numbers,
    one_of,
)

Method = Literal["reml", "paule-mandel"]


@dataclass(frozen=True)
class Pooled:
    """The mean effect over studies, and how much they differ.

    `mean` is in the unit of the studies, its interval Hartung-Knapp-Sidik-Jonkman's.
    `tau2` is the variance of effects between studies; `i2` the share of the variance
    of estimates that is between studies, 0 to 1; `q` Cochran's statistic with its
    `q_p`. A new study's true effect lies from `new_low` to `new_high` with the
    interval's confidence, or rather less with few studies, of which tau2 is not well
    known; the ends are infinite where there are only two.
    `weights` add up to 1.
    """

    mean: Estimate
    tau2: float
    i2: float
    q: float
    q_p: float
    new_low: float
    new_high: float
    weights: tuple[float, ...]
    method: Method


def pool(
    estimates: ArrayLike,
    errors: ArrayLike,
    *,
    method: Method = "reml",
    confidence: float = 0.95,
) -> Pooled:
    """Pool estimates (k,) with their standard errors (k,), one for each study.

    Raises TooFew below two studies, Unusable for an error that is not above 0.
    """
    y, variances = studies(estimates, errors, least=2)
    k, fixed = len(y), 1 / variances
    tau2 = between(y, variances, method)
    weights = 1 / (variances + tau2)
    mean = float(weights @ y / weights.sum())
    # Estimates closer together than their errors allow are luck, not precision.
    stretch = max(1.0, float(weights @ (y - mean) ** 2) / (k - 1))
    se = sqrt(stretch / weights.sum())
    q = float(fixed @ (y - fixed @ y / fixed.sum()) ** 2)
    # Where one study outweighs all others, there is no typical error beside its own.
    spread = fixed.sum() ** 2 - fixed @ fixed
    typical = (k - 1) * fixed.sum() / spread if spread > 0 else inf
    reach = inf
    if k > 2:
        critical = stats.t.ppf((1 + confidence) / 2, k - 2)
        reach = float(critical) * sqrt(tau2 + se**2)
    return Pooled(
        mean=Estimate.of(mean, se, n=k, df=k - 1, confidence=confidence),
        tau2=tau2,
        i2=float(tau2 / (tau2 + typical)),
        q=q,
        q_p=float(stats.chi2.sf(q, k - 1)),
        new_low=mean - reach,
        new_high=mean + reach,
        weights=tuple(float(weight) for weight in weights / weights.sum()),
        method=method,
    )


def leave_one_out(
    estimates: ArrayLike,
    errors: ArrayLike,
    *,
    method: Method = "reml",
    confidence: float = 0.95,
) -> tuple[Pooled, ...]:
    """The studies pooled without the first, without the second, and so on.

    Raises TooFew below three studies, Unusable as `pool` does.
    """
    y, variances = studies(estimates, errors, least=3)
    return tuple(
        pool(
            np.delete(y, left),
            np.sqrt(np.delete(variances, left)),
            method=method,
            confidence=confidence,
        )
        for left in range(len(y))
    )


def studies(
    estimates: ArrayLike, errors: ArrayLike, *, least: int
) -> tuple[Floats, Floats]:
    """Estimates (k,) and their variances (k,), where they can be pooled."""
    y, errors_ = numbers(estimates, errors)
    if (errors_ <= 0).any():
        raise Unusable(Why.NOT_IN_RANGE, "A standard error must be above 0.")
    if len(y) < least:
        raise TooFew(Why.FEW, f"At least {least} are needed.", n=len(y), least=least)
    return y, errors_**2


def between(y: Floats, variances: Floats, method: Method = "reml") -> float:
    """The variance of effects between studies, 0 or more.

    "reml" maximises the restricted likelihood; "paule-mandel" makes the weighted
    squares about the mean equal to their expectation, k - 1.
    """
    one_of(method, get_args(Method))
    # In units of the errors, so that roots are found as well for tiny effects.
    unit = float(np.median(variances))
    y, variances = y / sqrt(unit), variances / unit
    most = float(np.ptp(y)) ** 2  # beyond it neither can lie
    if method == "reml":
        return unit * _restricted(y, variances, most)
    return unit * _moment(y, variances, most)


def _moment(y: Floats, variances: Floats, most: float) -> float:
    def excess(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        mean = weights @ y / weights.sum()
        return float(weights @ (y - mean) ** 2) - (len(y) - 1)

    return 0.0 if excess(0.0) <= 0 else float(optimize.brentq(excess, 0.0, most))


def restricted_log_likelihood(tau2: Floats, y: Floats, variances: Floats) -> Floats:
    """Of each tau2 (m,), but for a constant (Viechtbauer 2005)."""
    weights = 1 / (variances + tau2[:, None])
    whole = weights.sum(axis=1)
    mean = weights @ y / whole
    squares = (weights * (y - mean[:, None]) ** 2).sum(axis=1)
    return np.asarray(
        (np.log(weights).sum(axis=1) - np.log(whole) - squares) / 2, np.float64
    )


def _restricted(y: Floats, variances: Floats, most: float) -> float:
    """By a grid first: with few studies the likelihood can have two hills."""
    if most == 0:
        return 0.0
    grid = most * np.linspace(0, 1, 257) ** 2
    best = int(restricted_log_likelihood(grid, y, variances).argmax())
    low, high = grid[max(0, best - 1)], grid[min(256, best + 1)]

    def slope(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        whole = weights.sum()
        squares = weights**2 @ (y - weights @ y / whole) ** 2
        return float(squares - whole + weights @ weights / whole)

    if slope(low) <= 0:
        return float(low)
    return float(high) if slope(high) >= 0 else float(optimize.brentq(slope, low, high))
