"""Roth and Sant'Anna's efficient estimator, where the order of starts was drawn by lot.

If chance decided when each unit began, cohorts differ by chance only, before as well
as after. The effect is the difference of those under treatment and those not yet,
less beta times the same difference before the start:

    theta = theta_0 - beta * X      beta = Cov(X, theta_0) / Var(X), both estimated

beta = 1 is the difference in differences, beta = 0 the plain difference; the estimated
beta makes the error smallest. The paper's intervals are normal, for many units; here
they are t-intervals with Welch's degrees of freedom, which come to the same with many
and are wider with a few in each cohort, where normal ones are too narrow.

Source: J. Roth and P. H. C. Sant'Anna, "Efficient Estimation for Staggered Rollout
Designs", Journal of Political Economy Microeconomics 1 (2023), section 2; `refined` as
the R package staggered computes it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pesue.stats.estimates import Estimate, Floats, TooFew, Why
from pesue.stats.rollouts.contrasts import Contrast, Estimand
from pesue.stats.rollouts.neyman import NOTHING, Adjust, Table, by_lot
from pesue.stats.rollouts.panel import Panel


@dataclass(frozen=True)
class Efficient:
    """An average effect where the order of starts was drawn by lot.

    `estimate` has Neyman's error, too large rather than too small; that of `refined`
    leaves out what outcomes before the first start explain (None where nothing is
    left). `balance` is the difference before the starts: about 0 if the lot was kept;
    None where nobody was seen before.
    """

    estimate: Estimate
    refined: Estimate | None
    balance: Estimate | None
    beta: float


def roth_santanna(
    panel: Panel,
    estimand: Estimand = "simple",
    *,
    event_time: int | None = None,
    adjust: Adjust = "efficient",
    confidence: float = 0.95,
) -> Efficient:
    """The average effect, with the adjustment for the time before that errs least.

    estimand: as `Contrast.of`. adjust: "efficient", "did" (beta 1) or "none" (beta 0).
    The units are those the lot decided on: where it drew teams, `panel.of_clusters()`.

    Raises TooFew where a cohort has one unit only, outcomes do not differ, or no
    effect is seen; Unusable for a panel with clusters, and unknown names.
    """
    by_lot(panel, adjust)
    contrast = Contrast.of(panel, estimand, event_time)
    table = Table.of(panel, contrast)
    order = np.argsort(panel.first, kind="stable")
    found = table.moments(order[None, :], adjust)
    value, error = float(found.value[0]), float(found.error[0])
    if error <= NOTHING * table.scale:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ: there is no error.")
    left = error**2 - _explained(panel, contrast)
    before, df = float(found.baseline_error[0]), found.df()

    def told(one: float, error: float, df: Floats) -> Estimate:
        n = len(panel.units)
        return Estimate.of(one, error, n=n, df=float(df[0]), confidence=confidence)

    x = float(found.baseline[0])
    return Efficient(
        estimate=told(value, error, df),
        refined=told(value, sqrt(left), df) if left > 0 else None,
        balance=told(x, before, found.df(baseline=True)) if before else None,
        beta=float(found.beta[0]),
    )


def _explained(panel: Panel, contrast: Contrast) -> float:
    """The part of Neyman's variance that earlier outcomes show to be too much.

    Neyman's variance leaves out how much the effects differ between units. The part of
    that which outcomes before the first start predict can be estimated, and taken away.
    """
    used = np.flatnonzero(contrast.after.any(1))
    earlier = int(np.searchsorted(panel.periods, contrast.starts[used[0]]))
    if not earlier:
        return 0.0
    slopes, spread = np.zeros(earlier), np.zeros((earlier, earlier))
    cohorts = range(used[0], len(contrast.starts))
    for cohort in cohorts:
        rows = panel.outcomes[panel.first == contrast.starts[cohort]]
        columns = np.column_stack([rows[:, :earlier], rows @ contrast.after[cohort]])
        covariance = np.cov(columns, rowvar=False)
        inner = covariance[:earlier, :earlier]
        inverse = np.linalg.pinv(inner, rcond=1e-8, hermitian=True)
        slopes += inverse @ covariance[:earlier, earlier]
        spread += inner / len(cohorts)
    return float(slopes @ spread @ slopes) / len(panel.units)
