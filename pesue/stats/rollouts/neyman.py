"""Effect, baseline and their Neyman variances, for one or many assignments at once."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pesue.stats.estimates import Floats, TooFew, Unusable, Why
from pesue.stats.rollouts.contrasts import Contrast
from pesue.stats.rollouts.panel import Panel

Adjust = Literal["efficient", "did", "none"]
BETAS = {"did": 1.0, "none": 0.0}
NOTHING = 1e-10  # an error so small beside the outcomes is rounding, not error


@dataclass(frozen=True, eq=False)
class Moments:
    """For each assignment: the plain difference, that before, and their variances.

    A variance is a sum over cohorts of the sample variance over the size; Neyman's, so
    never too small on average. `beta` is how much of the baseline is taken away.
    """

    effect: Floats  # (assignments,)
    baseline: Floats
    beta: Floats
    sizes: NDArray[np.intp]  # (cohorts,)
    parts: Floats  # (assignments, cohorts), of the variance of the effect
    covariances: Floats
    baseline_parts: Floats

    @property
    def value(self) -> Floats:
        return self.effect - self.beta * self.baseline

    @property
    def error(self) -> Floats:
        """The standard error of `value`."""
        return np.asarray(np.sqrt(self._parts().sum(1)))

    @property
    def baseline_error(self) -> Floats:
        return np.asarray(np.sqrt(self.baseline_parts.sum(1)))

    def df(self, *, baseline: bool = False) -> Floats:
        """Welch's degrees of freedom: a few units in a cohort know little of it."""
        parts = self.baseline_parts if baseline else self._parts()
        squares = (parts**2 / (self.sizes - 1)).sum(1)
        df = np.zeros_like(squares)
        np.divide(parts.sum(1) ** 2, squares, out=df, where=squares > 0)
        return np.asarray(df)

    def _parts(self) -> Floats:
        beta = self.beta[:, None]
        parts = self.parts - 2 * beta * self.covariances + beta**2 * self.baseline_parts
        return np.asarray(np.maximum(parts, 0))


@dataclass(frozen=True, eq=False)
class Table:
    """What each unit would bring to the contrast in each cohort, and how many do.

    `after` and `before` are (units, cohorts), less their column means, which add up
    to 0 over the cohorts.
    """

    after: Floats
    before: Floats
    sizes: NDArray[np.intp]  # (cohorts,)
    scale: float  # the largest outcome

    @classmethod
    def of(cls, panel: Panel, contrast: Contrast) -> "Table":
        centred = panel.outcomes - panel.outcomes.mean(0)
        return cls(
            centred @ contrast.after.T,
            centred @ contrast.before.T,
            contrast.sizes,
            float(np.abs(panel.outcomes).max()),
        )

    def moments(self, orders: NDArray[np.intp], adjust: Adjust) -> Moments:
        """orders: (assignments, units), those of the first cohort first.

        Raises TooFew where a cohort of one unit has no variance.
        """
        if self.sizes.min() < 2:
            raise TooFew(
                Why.FEW, "A cohort of one has no error.", least=int(self.sizes.min())
            )
        after, before = self.taken(orders)
        covariances = self._variances(after, before)
        baseline = self._variances(before, before)
        total = baseline.sum(1)
        some = total > (NOTHING * self.scale) ** 2
        slope = np.divide(
            covariances.sum(1), total, out=np.zeros_like(total), where=some
        )
        return Moments(
            effect=self.sums(after),
            baseline=self.sums(before),
            beta=np.full_like(slope, BETAS[adjust]) if adjust in BETAS else slope,
            sizes=self.sizes,
            parts=self._variances(after, after),
            covariances=covariances,
            baseline_parts=np.where(some[:, None], np.maximum(baseline, 0), 0),
        )

    def taken(self, orders: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """What each unit brings to the contrast in the cohort it has been given."""
        cohorts = len(self.sizes)
        places = orders * cohorts + np.repeat(np.arange(cohorts), self.sizes)
        return self.after.ravel()[places], self.before.ravel()[places]

    def sums(self, values: Floats) -> Floats:
        """The cohorts' means, added up; values: (assignments, units)."""
        return np.asarray((self._totals(values) / self.sizes).sum(1))

    def _totals(self, values: Floats) -> Floats:
        starts = np.cumsum(self.sizes) - self.sizes
        return np.asarray(np.add.reduceat(values, starts, axis=1))

    def _variances(self, one: Floats, other: Floats) -> Floats:
        """The cohorts' covariances over their sizes."""
        means = self._totals(one) * self._totals(other) / self.sizes
        squares = self._totals(one * other) - means
        return np.asarray(squares / (self.sizes - 1) / self.sizes)


def by_lot(panel: Panel, adjust: Adjust) -> None:
    """Raises Unusable where the units are not those the lot decided on."""
    if panel.clustered:
        raise Unusable(
            Why.NOT_BY_LOT, "Give the panel of clusters, which the lot decided on."
        )
    if adjust != "efficient" and adjust not in BETAS:
        raise Unusable(Why.NOT_IN_RANGE, f"There is no adjustment {adjust!r}.")
