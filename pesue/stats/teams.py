"""What a fit says of each team, and what follows: CR2's scores, its df, refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.arms import coded
from pesue.stats.estimates import Floats, TooFew, Why
from pesue.stats.regression import APART, Fit

FEWEST = 6  # teams, in all arms together


@dataclass(frozen=True, eq=False)
class Halves:
    """The teams' weights in their own axes, for the powers of I - H that CR2 needs.

    A team that alone decides a direction has an eigenvalue of 1 there: its residuals
    hold nothing, and the inverse is the pseudo-inverse (`free` is 0).
    """

    values: Floats  # G x k
    vectors: Floats  # G x k x k
    free: Floats  # G x k
    inverse: Floats  # G x k, (1 - value) ** -1/2 where free

    @classmethod
    def of(cls, weights: Floats) -> "Halves":
        values, vectors = np.linalg.eigh(weights)
        left = 1 - values
        free = left > APART
        inverse = np.where(free, 1 / np.sqrt(np.where(free, left, 1.0)), 0.0)
        return cls(values, vectors, free.astype(np.float64), inverse)


@dataclass(frozen=True, eq=False)
class Teams:
    """What a fit says of each of G teams, in the basis of the fit.

    `weights` (G x k x k) is Q'Q and `scores` (G x k) is Q'e, of the team's rows Q of
    the basis and its residuals e. Everything about teams follows from these, so that
    nothing of the size of a team, let alone n x n, is ever made.
    """

    weights: Floats
    scores: Floats

    @property
    def count(self) -> int:
        return len(self.scores)

    @cached_property
    def own(self) -> Halves:
        return Halves.of(self.weights)


def teams(fit: Fit, clusters: ArrayLike) -> Teams:
    """The fit by team; `clusters` (n) says in which team each person is.

    Raises Unusable where somebody has no team, TooFew where there is but one.
    """
    codes, count = coded(clusters, fit.n)
    if count < 2:
        raise TooFew(Why.FEW_CLUSTERS, "One team has no spread.", teams=count)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(count))
    basis = fit.basis[order]
    by_column = [
        np.add.reduceat(basis * basis[:, [column]], starts) for column in range(fit.k)
    ]
    scores = np.add.reduceat(basis * fit.residuals[order, None], starts)
    return Teams(np.stack(by_column, axis=1), scores)


def reweighted(by_team: Teams) -> Floats:
    """Each team's scores with its residuals multiplied by (I - H) ** -1/2."""
    own = by_team.own
    turned = np.einsum("gij,gi->gj", own.vectors, by_team.scores)
    scores: Floats = np.einsum("gij,gj->gi", own.vectors, own.inverse * turned)
    return scores


def satterthwaite(fit: Fit, by_team: Teams, columns: Sequence[int]) -> Floats:
    """The degrees of freedom of the CR2 errors of some columns' coefficients.

    Source: Pustejovsky and Tipton (2018): twice the squared mean of the
    variance over its variance, were people independent and their spread the same. At
    least 1.
    """
    own = by_team.own
    contrasts = fit.root[list(columns)]
    turned = np.einsum("gij,ci->gjc", own.vectors, contrasts)
    means = np.einsum("gj,gjc->gc", own.values * own.free, turned**2)
    reach = own.vectors @ ((own.values * own.inverse)[:, :, None] * turned)
    between = np.array([_between(one) for one in np.moveaxis(reach, 2, 0)])
    spread = np.square(means).sum(axis=0) + between
    found: Floats = np.square(means.sum(axis=0)) / spread
    return found


def _between(reach: Floats) -> float:
    """The sum of (reach' reach) ** 2 over all pairs of two teams, from G x k.

    Each team is held against the sum of those before it: taking the pairs of a team
    with itself from the sum of all would leave but rounding where one team outweighs.
    """
    before = np.cumsum(reach[:-1, :, None] * reach[:-1, None, :], axis=0)
    return 2 * float(np.einsum("gi,gij,gj->", reach[1:], before, reach[1:]))


def measurable(fit: Fit, by_team: Teams, column: int) -> bool:
    """Whether the teams' residuals hold all of the error of a column's coefficient.

    They do not where one team alone decides a part of it, such as the only treated
    one: its own error leaves no trace, and all of CR0, CR1 and CR2 would be too small.
    """
    own = by_team.own
    contrast = fit.root[column]
    turned = np.einsum("gij,i->gj", own.vectors, contrast)
    seen = float((own.values * own.free * turned**2).sum())
    return seen > (1 - 1e-8) * float(contrast @ contrast)


def enough(by_team: Teams) -> Teams:
    """The teams themselves; raises TooFew below 6."""
    if by_team.count < FEWEST:
        raise TooFew(
            Why.FEW_CLUSTERS,
            "Below 6 teams only randomisation inference can tell.",
            teams=by_team.count,
            needed=FEWEST,
        )
    return by_team


def decided(fit: Fit, by_team: Teams, column: int) -> None:
    """Raises TooFew where `measurable` says no."""
    if not measurable(fit, by_team, column):
        raise TooFew(
            Why.FEW_CLUSTERS,
            "One team alone decides a part of this: its error cannot be measured.",
            column=column,
        )
