"""Ordinary least squares, and the errors that hold where spread differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.arms import matrix
from pesue.stats.estimates import Floats, TooFew, Unusable, Why, numbers, one_of

Kind = Literal["iid", "HC0", "HC1", "HC2", "HC3"]

# Columns of length 1 are told apart down to this share of their length.
APART = 1e-10
# Residuals smaller than this share of the outcomes are rounding, and count as 0; so do
# variances smaller than that share of what the residuals could make.
ROUNDING, NO_VARIANCE = 1e-13, 1e-20


@dataclass(frozen=True, eq=False)
class Fit:
    """A least-squares fit of n outcomes on k columns, X.

    `coefficients` (k) are in units of the outcome for one unit of the column,
    `residuals` (n) in units of the outcome. X = basis @ inverse(root), where the
    columns of `basis` (n x k) are of length 1 and at right angles, and `root` is k x k.
    """

    coefficients: Floats
    residuals: Floats
    basis: Floats
    root: Floats

    @property
    def n(self) -> int:
        return len(self.residuals)

    @property
    def k(self) -> int:
        return len(self.coefficients)

    @cached_property
    def bread(self) -> Floats:
        """The inverse of X'X, k x k."""
        inverse: Floats = self.root @ self.root.T
        return inverse

    @cached_property
    def leverages(self) -> Floats:
        """How far each outcome draws its own fitted value, 0 to 1; they add up to k."""
        drawn: Floats = np.square(self.basis).sum(axis=1)
        return drawn

    def covariance(self, kind: Kind = "HC2") -> Floats:
        """The covariance of the coefficients, k x k.

        "iid" takes the spread to be the same everywhere. The others do not: HC0 is
        White's (Econometrica 48, 1980); HC1 to HC3 are those of J. G. MacKinnon and
        H. White, Journal of Econometrics 29 (1985) 305-325. HC2 is without bias where
        the spread is the same, and Neyman's in a trial of two arms.

        Raises TooFew where one observation alone decides a coefficient (HC2, HC3).
        """
        one_of(kind, get_args(Kind))
        squares = np.square(self.residuals)
        if kind == "iid":
            spread: Floats = squares.sum() / (self.n - self.k) * self.bread
            return spread
        scores = self.basis * np.sqrt(squares * self._weights(kind))[:, None]
        return self.sandwich(scores)

    def _weights(self, kind: Kind) -> Floats | float:
        if kind == "HC0":
            return 1.0
        if kind == "HC1":
            return self.n / (self.n - self.k)
        left = 1 - self.leverages
        if left.min() < APART:
            raise TooFew(Why.FEW, "One observation alone decides a coefficient.")
        return 1 / left if kind == "HC2" else 1 / left**2

    def sandwich(self, scores: Floats) -> Floats:
        """The covariance made of scores in the basis, one row a unit (G x k)."""
        outer = scores @ self.root.T
        found: Floats = outer.T @ outer
        return found

    def error(self, variance: float, column: int) -> float:
        """The square root of the variance of a column's coefficient.

        It is 0 where the variance is but rounding of what the residuals could make.
        """
        most = float(np.square(self.residuals).sum() * self.bread[column, column])
        return float(np.sqrt(variance)) if variance > most * NO_VARIANCE else 0.0


def ols(outcome: ArrayLike, columns: ArrayLike) -> Fit:
    """Least squares of an outcome (n) on columns (n x k), as they are.

    No constant is added: `design` makes columns with one.

    Raises TooFew where there are no more observations than columns, and Unusable for
    numbers that are none, lists of different lengths, and columns of which one is the
    sum of others (SINGULAR).
    """
    (y,) = numbers(outcome)
    x = matrix(columns, len(y))
    n, k = x.shape
    if n <= k:
        raise TooFew(Why.FEW, "There are no more observations than columns.", n=n, k=k)
    lengths = np.sqrt(np.square(x).sum(axis=0))
    if not lengths.all():
        raise Unusable(Why.SINGULAR, "A column is 0 for everybody.")
    basis, triangle = np.linalg.qr(x / lengths)
    if np.linalg.svd(triangle, compute_uv=False).min() < APART:
        raise Unusable(Why.SINGULAR, "A column is the sum of others.")
    root = np.linalg.inv(triangle) / lengths[:, None]
    seen = basis.T @ y
    residuals = y - basis @ seen
    if np.linalg.norm(residuals) <= ROUNDING * np.linalg.norm(y):
        residuals = np.zeros(n)
    return Fit(root @ seen, residuals, basis, root)


def among(fit: Fit, columns: Sequence[int]) -> None:
    """Raises Unusable (NOT_IN_RANGE) for a place at which the fit has no column."""
    for column in columns:
        if not 0 <= column < fit.k:
            raise Unusable(Why.NOT_IN_RANGE, f"There is no column {column}.", k=fit.k)


def design(*columns: ArrayLike) -> Floats:
    """A constant and the columns (n each) beside each other: n x (1 + how many)."""
    checked = numbers(*columns)
    return np.column_stack([np.ones(len(checked[0])), *checked])
