"""Whether any of several coefficients differs from 0: one test, before one looks at
each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pesue.stats.estimates import TooFew, Unusable, Why, floats
from pesue.stats.regression import Fit, among

LEAST = 1e-12  # a variance below this share of the largest counts as none


@dataclass(frozen=True)
class Joint:
    """A Wald test of `asked` coefficients being 0 all at once."""

    f: float  # the statistic, held against F with the degrees of freedom below
    p: float
    asked: int
    df: float


def joint(
    fit: Fit,
    covariance: ArrayLike,
    about: Sequence[int],
    *,
    df: float = inf,
    hotelling: bool = False,
) -> Joint:
    """The joint Wald test that the coefficients in the columns `about` are all 0.

    `covariance` (k x k) is that of all coefficients, `df` the degrees of freedom of
    its variances: n - k for people drawn one by one, teams - 1 for teams. With
    `hotelling` the statistic is taken as Hotelling's: for few teams, where a covariance
    estimated from so few makes the plain one too sure.

    Raises Unusable where a column is not there, none or one twice is asked about, or
    shapes differ; TooFew where the covariance tells nothing of a column, or no degrees
    of freedom are left. Source: A. Wald, Transactions of the American Mathematical
    Society 54 (1943) 426-482; J. E. Pustejovsky and E. Tipton, Journal of Business &
    Economic Statistics 36 (2018) 672-683 for Hotelling's with errors of teams.
    """
    asked = list(about)
    among(fit, asked)
    if not asked or len(set(asked)) != len(asked):
        raise Unusable(Why.REPEATED, "Ask about columns, and each once.")
    whole = floats(covariance)
    if whole.shape != (fit.k, fit.k):
        raise Unusable(Why.SHAPES, "The covariance must be of all coefficients.")
    q = len(asked)
    left = df - q + 1 if hotelling else df
    if not left > 0:
        raise TooFew(Why.FEW, "No degrees of freedom are left.", df=df, asked=q)
    part = whole[np.ix_(asked, asked)]
    if not np.isfinite(part).all():
        raise Unusable(Why.NOT_FINITE, "A variance is missing or infinite.")
    spread = np.linalg.eigvalsh(part)
    if spread.min() <= LEAST * max(spread.max(), 0) or spread.max() <= 0:
        raise TooFew(Why.CONSTANT, "The covariance tells nothing of a coefficient.")
    found = fit.coefficients[asked]
    f = float(found @ np.linalg.solve(part, found)) / q
    if hotelling and isfinite(df):
        f *= left / df
    p = stats.f.sf(f, q, left) if isfinite(left) else stats.chi2.sf(f * q, q)
    return Joint(f, float(p), q, left)
