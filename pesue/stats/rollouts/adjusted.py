"""The difference of two groups' changes with covariates held equal.

Source: P. H. C. Sant'Anna and J. Zhao, "Doubly robust difference-in-differences
estimators", Journal of Econometrics 219 (2020) 101-122, for panels: the regression
estimator, and the doubly robust one with logit and least squares.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from pesue.stats.estimates import Floats, Unusable, Why

Method = Literal["doubly_robust", "regression"]
METHODS = ("doubly_robust", "regression")
STEPS = 50  # of Newton's; where there is a maximum, ten are enough
CERTAIN = 1 - 1e-6  # a propensity above it has no counterpart


@dataclass(frozen=True, eq=False)
class Fit:
    """What a model says of each unit, and each unit's influence on its coefficients."""

    values: Floats  # (units,)
    influence: Floats  # (units, columns)


def adjusted(
    columns: Floats,
    treated: NDArray[np.bool_],
    change: Floats,
    method: Method,
    propensity: Fit | None = None,
) -> tuple[float, Floats]:
    """The effect on the treated, and each unit's influence on it (with mean 0).

    columns: (units, k), the first all 1, all about as large; treated: (units,), the
    rest are controls;
    change: (units,). `propensity` may be given where it is known from before.

    Raises Unusable for columns that cannot be told apart or tell the two groups apart
    without fail.
    """
    outcome = regression(columns, change, ~treated)
    if method == "regression":
        return _by_regression(columns, treated, change, outcome)
    if propensity is None:
        propensity = logit(columns, treated)
    return _doubly_robust(columns, treated, change, outcome, propensity)


def regression(columns: Floats, change: Floats, some: NDArray[np.bool_]) -> Fit:
    """Least squares on `some` of the units."""
    x, y = columns[some], change[some]
    if len(x) < x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise Unusable(Why.SINGULAR, "The covariates cannot be told apart.")
    inverse = np.linalg.inv(x.T @ x / len(columns))
    values = columns @ (inverse @ (x.T @ y) / len(columns))
    left = np.where(some, change - values, 0)
    return Fit(values, left[:, None] * columns @ inverse)


def logit(columns: Floats, treated: NDArray[np.bool_]) -> Fit:
    """The probability of being treated, by maximum likelihood."""
    n = len(columns)
    coefficients = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        values = expit(columns @ coefficients)
        bread = columns.T @ ((values * (1 - values))[:, None] * columns) / n
        if np.linalg.matrix_rank(bread, hermitian=True) < len(bread):
            break
        inverse = np.linalg.inv(bread)
        step = inverse @ (columns.T @ (treated - values)) / n
        coefficients += step
        if np.abs(step).max() < 1e-10 * (1 + np.abs(coefficients).max()):
            values = expit(columns @ coefficients)
            return Fit(values, ((treated - values)[:, None] * columns) @ inverse)
    raise Unusable(
        Why.SINGULAR, "The covariates tell the groups apart, or not from each other."
    )


def _by_regression(
    columns: Floats, treated: NDArray[np.bool_], change: Floats, outcome: Fit
) -> tuple[float, Floats]:
    share = treated.mean()
    left = treated * (change - outcome.values)
    effect = float(left.mean() / share)
    by_outcome = outcome.influence @ (treated @ columns / len(columns))
    return effect, (left - treated * effect - by_outcome) / share


def _doubly_robust(
    columns: Floats,
    treated: NDArray[np.bool_],
    change: Floats,
    outcome: Fit,
    propensity: Fit,
) -> tuple[float, Floats]:
    n = len(columns)
    chance = np.minimum(propensity.values, CERTAIN)
    odds = np.where(treated, 0, chance / (1 - chance))
    left = change - outcome.values
    means, influences = [], []
    for weights in (treated.astype(np.float64), odds):
        total = weights.mean()
        mean = float((weights @ left) / n / total)
        own = weights * (left - mean)
        by_outcome = outcome.influence @ (weights @ columns / n)
        by_chance = propensity.influence @ (own @ columns / n) if weights is odds else 0
        means.append(mean)
        influences.append((own + by_chance - by_outcome) / total)
    return means[0] - means[1], influences[0] - influences[1]
