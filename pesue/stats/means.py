"""Differences of means between arms into which people were drawn by lot."""

from collections.abc import Hashable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.arms import coded, matrix, two_arms
from pesue.stats.estimates import (
    Estimate,
    Floats,
    TooFew,
    Unusable,
    Why,
    named,
    numbers,
)
from pesue.stats.regression import ols


@dataclass(frozen=True)
class Adjusted:
    """A difference adjusted for what was known before, and what the adjusting gave.

    `variance_ratio` is the squared error of `estimate` over that of `unadjusted`: at
    0.5 the trial was worth twice its people. It may be above 1 where what was known
    tells nothing.
    """

    estimate: Estimate
    unadjusted: Estimate
    variance_ratio: float


@dataclass(frozen=True)
class Part:
    """A number about one arm, the variance of its error, and that variance's df."""

    value: float
    variance: float
    df: float


def welch(
    treated: Part, control: Part, *, n: int, clusters: int | None, confidence: float
) -> Estimate:
    """Treated less control, independent of each other, with Satterthwaite's df.

    Source: B. L. Welch, Biometrika 34 (1947) 28-35; F. E. Satterthwaite, Biometrics
    Bulletin 2 (1946) 110-114. Raises TooFew (CONSTANT) where neither has an error.
    """
    variance = treated.variance + control.variance
    if not variance > 0:
        raise TooFew(
            Why.CONSTANT, "The outcomes do not differ: no error can be measured."
        )
    # Shares of the variance, not the variances: their squares could be too small.
    shares = treated.variance / variance, control.variance / variance
    return Estimate.of(
        treated.value - control.value,
        sqrt(variance),
        df=1 / (shares[0] ** 2 / treated.df + shares[1] ** 2 / control.df),
        n=n,
        clusters=clusters,
        confidence=confidence,
    )


def difference(
    treated: ArrayLike, control: ArrayLike, *, confidence: float = 0.95
) -> Estimate:
    """The mean of the treated less that of the control arm, one number a person.

    The arms may differ in size and spread; the error is that of HC2 regression, and
    Neyman's. `df` is Welch's.

    Raises TooFew where an arm is empty or of one, or where neither arm's outcomes
    differ (CONSTANT); Unusable where a number is none.
    Source: B. L. Welch, Biometrika 34 (1947) 28-35.
    """
    (one,), (other,) = numbers(treated), numbers(control)
    n = len(one) + len(other)
    return welch(_mean(one), _mean(other), n=n, clusters=None, confidence=confidence)


def _mean(outcome: Floats) -> Part:
    n = len(outcome)
    if n < 2:
        raise TooFew(Why.FEW, "An arm of one has no spread.", n=n)
    # The mean of equal numbers may differ from them by rounding.
    spread = float(np.var(outcome, ddof=1)) if np.ptp(outcome) else 0.0
    return Part(float(outcome.mean()), spread / n, n - 1)


def differences(
    outcome: ArrayLike, arm: ArrayLike, control: Hashable, *, confidence: float = 0.95
) -> dict[Hashable, Estimate]:
    """Each arm's difference from the arm named `control`, by the arm's name.

    `outcome` and `arm` hold one entry a person. The intervals and p are those of one
    comparison: hold them to account together (Holm) where there are several.

    Raises Unusable where nobody is in the arm `control`, TooFew (ONE_ARM) where
    everybody is, and else what `difference` raises.
    """
    (y,) = numbers(outcome)
    coded(arm, len(y))
    names, codes = named(arm)
    by_name = {name: y[codes == code] for code, name in enumerate(names.tolist())}
    if control not in by_name:
        raise Unusable(Why.NOT_IN_RANGE, "Nobody is in the control arm.", arm=control)
    if len(names) == 1:
        raise TooFew(Why.ONE_ARM, "All are in one arm: nothing to compare with.")
    compared = by_name.pop(control)
    return {
        name: difference(treated, compared, confidence=confidence)
        for name, treated in by_name.items()
    }


def adjusted(
    outcome: ArrayLike,
    treated: ArrayLike,
    before: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Adjusted:
    """The difference of means, adjusted for what was known of people before (CUPED).

    `outcome` (n) and `treated` (n; 0 or 1); `before` is n, or n x p for several
    things known before the lot was drawn, such as each person's own count of the
    weeks before. Never give it anything the treatment could have changed.

    It is the regression on treatment, the centred `before` and their products, with
    HC2 errors, done as its two halves: a regression in each arm, read at the mean of
    all. So `df` is Satterthwaite's from what each arm's regression leaves, and with
    nothing before it is Welch's. Adjusting this way never costs precision in large
    samples, which a regression without the products may.

    Raises TooFew where an arm has no more than p + 1 people, or what `difference`
    raises; Unusable where a column of `before` is the same for everybody in an arm or
    the sum of others (SINGULAR).
    Source: W. Lin, Annals of Applied Statistics 7 (2013) 295-318; the use of the
    outcome's own past: A. Deng et al., WSDM 2013 (CUPED).
    """
    (y,) = numbers(outcome)
    arm = two_arms(treated, len(y))
    known = matrix(before, len(y))
    centred = known - known.mean(axis=0)
    plain = difference(y[arm], y[~arm], confidence=confidence)
    estimate = welch(
        _at_centre(y[arm], centred[arm]),
        _at_centre(y[~arm], centred[~arm]),
        n=len(y),
        clusters=None,
        confidence=confidence,
    )
    return Adjusted(estimate, plain, (estimate.se / plain.se) ** 2)


def _at_centre(outcome: Floats, centred: Floats) -> Part:
    """What the regression in one arm says of a person like the mean of all."""
    fit = ols(outcome, np.column_stack([np.ones(len(outcome)), centred]))
    error = fit.error(float(fit.covariance("HC2")[0, 0]), 0)
    return Part(float(fit.coefficients[0]), error**2, fit.n - fit.k)
