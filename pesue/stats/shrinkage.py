"""Estimates drawn towards their mean, as far as their errors say they should be.

Of several levers the one that looked best was also lucky, and what it is said to do is
more than what it will do. Under a normal model of true effects, each estimate is drawn
towards the mean of all by its error and by how much effects differ, tau. With few
levers tau is hardly known: figures are averaged over all it may be, each as likely as
the estimates make it, starting from every tau being alike likely. That needs three.

Sources: D. B. Rubin, "Estimation in parallel randomized experiments", J. Educational
Statistics 6 (1981) 377-401 (the model); B. Efron and C. Morris, JASA 70 (1975)
311-319 (why shrink); A. Gelman, "Prior distributions for variance parameters in
hierarchical models", Bayesian Analysis 1 (2006) 515-534 (the flat prior on tau, and
the least number of groups).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from pesue.stats.estimates import Floats, sure
from pesue.stats.pooling import between, restricted_log_likelihood, studies

GRID = 400  # values of tau averaged over


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Effects (k,) with their posterior sd, interval, and probability of being above 0.

    In the unit of the estimates and their order. `mean` and `mean_sd` are those of all
    effects together; `tau` is the REML estimate of their standard deviation, to show:
    the rest does not rest on that one value.
    """

    estimates: Floats
    sds: Floats
    low: Floats
    high: Floats
    positive: Floats
    mean: float
    mean_sd: float
    tau: float
    confidence: float


def shrink(
    estimates: ArrayLike, errors: ArrayLike, *, confidence: float = 0.95
) -> Shrunken:
    """Shrink estimates (k,) with standard errors (k,) towards their common mean.

    The estimates must be of comparable levers, and all of them: leaving out those that
    did not work undoes it. Raises TooFew below three, Unusable for an error that is
    not above 0.
    """
    y, variances = studies(estimates, errors, least=3)
    tau2, chances = _taus(y, variances)
    weights = 1 / (variances + tau2[:, None])
    whole = weights.sum(axis=1)
    means = weights @ y / whole
    kept = tau2[:, None] * weights  # of the distance from the mean
    centres = means[:, None] + kept * (y - means[:, None])
    spreads = np.sqrt(variances * kept + (1 - kept) ** 2 / whole[:, None])
    centre, sd = _moments(centres, spreads, chances)
    (mean,), (mean_sd,) = _moments(means[:, None], 1 / np.sqrt(whole[:, None]), chances)
    tail = (1 - sure(confidence)) / 2
    return Shrunken(
        estimates=centre,
        sds=sd,
        low=_quantile(tail, centres, spreads, chances),
        high=_quantile(1 - tail, centres, spreads, chances),
        positive=chances @ special.ndtr(centres / spreads),
        mean=float(mean),
        mean_sd=float(mean_sd),
        tau=float(np.sqrt(between(y, variances))),
        confidence=confidence,
    )


def _taus(y: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Values of tau2 (GRID,) over all from 0 to infinity, and their probabilities."""
    scale = np.sqrt(len(y) / (1 / variances).sum() + y.var())
    at = (np.arange(GRID) + 0.5) / GRID  # tau / (tau + scale)
    tau = scale * at / (1 - at)
    log = restricted_log_likelihood(tau**2, y, variances) - 2 * np.log1p(-at)
    chances = np.exp(log - log.max())
    return tau**2, chances / chances.sum()


def _moments(
    centres: Floats, spreads: Floats, chances: Floats
) -> tuple[Floats, Floats]:
    centre = chances @ centres
    variance = chances @ (spreads**2 + (centres - centre) ** 2)
    return centre, np.sqrt(variance)


def _quantile(at: float, centres: Floats, spreads: Floats, chances: Floats) -> Floats:
    """Of the mixture over tau of normal distributions, by halving."""
    normal = centres + spreads * special.ndtri(at)
    low, high = normal.min(axis=0), normal.max(axis=0)
    for _ in range(30):
        middle = (low + high) / 2
        below = chances @ special.ndtr((middle - centres) / spreads) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
