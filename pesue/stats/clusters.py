"""Effects and their errors where whole teams are in an arm together.

People of one team are alike, so that the teams are what counts: with the errors of
people a true null is refused in 3 trials of 10. Below 6 teams none of these methods
keeps its promise: there only the lot itself can tell (randomisation inference).
"""

from collections.abc import Sequence
from math import inf
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.arms import coded, two_arms
from pesue.stats.estimates import (
    Estimate,
    Floats,
    TooFew,
    Unusable,
    Why,
    numbers,
    one_of,
)
from pesue.stats.means import Part, welch
from pesue.stats.regression import Fit, among, design, ols
from pesue.stats.teams import (
    FEWEST,
    Teams,
    decided,
    enough,
    reweighted,
    satterthwaite,
    teams,
)
from pesue.stats.wild import Wild as Wild
from pesue.stats.wild import wild_bootstrap as wild_bootstrap

Kind = Literal["CR2", "CR0", "CR1", "CR1-normal"]


def covariance(fit: Fit, clusters: ArrayLike, kind: Kind = "CR2") -> Floats:
    """The covariance of the coefficients (k x k) where people of a team are alike.

    CR0 is the plain sandwich; CR1 multiplies it by G/(G-1) (n-1)/(n-k), as Stata
    does; CR2 reweights each team's residuals by the symmetric square root of the
    inverse of I - H, so that it is without bias where people are independent.

    Raises what `teams.teams` raises.
    Source: R. M. Bell and D. F. McCaffrey, Survey Methodology 28 (2002) 169-181;
    J. E. Pustejovsky and E. Tipton, Journal of Business & Economic Statistics 36
    (2018) 672-683, with the identity as working model.
    """
    one_of(kind, get_args(Kind))
    return _covariance(fit, teams(fit, clusters), kind)


def _covariance(fit: Fit, by_team: Teams, kind: Kind) -> Floats:
    if kind == "CR2":
        return fit.sandwich(reweighted(by_team))
    count = by_team.count
    factor = 1.0 if kind == "CR0" else _stata(fit, count)
    return factor * fit.sandwich(by_team.scores)


def _stata(fit: Fit, count: int) -> float:
    return count / (count - 1) * (fit.n - 1) / (fit.n - fit.k)


def regress(
    outcome: ArrayLike,
    columns: ArrayLike,
    clusters: ArrayLike,
    kind: Kind = "CR2",
    *,
    about: Sequence[int] | None = None,
    confidence: float = 0.95,
) -> tuple[Estimate, ...]:
    """Least squares of an outcome (n) on columns (n x k) with the errors of teams.

    `clusters` (n) says in which team each person is. `about` names the columns asked
    about, by their places (all); name them where others stand for single teams. No
    constant is added (`regression.design` adds one). CR2 goes with Satterthwaite's
    df, CR0 and CR1 with G - 1, and CR1-normal with the normal distribution.

    Raises TooFew (FEW_CLUSTERS) below 6 teams and where one team alone decides a part
    of a coefficient (the only treated one); else what `regression.ols` and
    `teams.teams` raise.
    Source: as for `covariance`.
    """
    one_of(kind, get_args(Kind))
    fit = ols(outcome, columns)
    by_team = enough(teams(fit, clusters))
    asked = range(fit.k) if about is None else about
    among(fit, asked)
    variances = _covariance(fit, by_team, kind).diagonal()
    freedom = _freedom(fit, by_team, asked, kind)
    found = []
    for column, df in zip(asked, freedom, strict=True):
        decided(fit, by_team, column)
        estimate = Estimate.of(
            float(fit.coefficients[column]),
            fit.error(float(variances[column]), column),
            df=df,
            n=fit.n,
            clusters=by_team.count,
            confidence=confidence,
        )
        found.append(estimate)
    return tuple(found)


def _freedom(fit: Fit, by_team: Teams, asked: Sequence[int], kind: Kind) -> list[float]:
    if kind == "CR2":
        return [float(df) for df in satterthwaite(fit, by_team, asked)]
    return [inf if kind == "CR1-normal" else by_team.count - 1.0] * len(asked)


def difference(
    outcome: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """The mean of the treated less that of the others, with CR2 errors of teams.

    One entry a person; `treated` is 0 or 1. Each person counts the same, so that a
    large team counts for more.

    Raises what `regress` raises, and TooFew (ONE_ARM) where all are in one arm.
    Source: as for `covariance`.
    """
    (y,) = numbers(outcome)
    arm = two_arms(treated, len(y))
    (found,) = regress(y, design(arm), clusters, about=[1], confidence=confidence)
    return found


def team_means(
    outcome: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """The mean of the treated teams' means less that of the others', with Welch's df.

    One entry a person; `treated` is 0 or 1 and the same for a whole team. Each team
    counts the same, whatever its size: that is another question than `difference`'s
    where effects go with size.

    Raises TooFew (FEW_CLUSTERS) below 6 teams or 2 in an arm, (CONSTANT) where no
    arm's means differ; Unusable (REPEATED) for a team in both arms.
    Source: A. Donner and N. Klar, "Design and Analysis of Cluster Randomization
    Trials in Health Research" (2000), chapter 7; Welch (1947).
    """
    (y,) = numbers(outcome)
    arm = two_arms(treated, len(y))
    codes, count = coded(clusters, len(y))
    sizes = np.bincount(codes)
    of_treated = np.bincount(codes, arm) / sizes
    if not np.isin(of_treated, (0, 1)).all():
        raise Unusable(Why.REPEATED, "A team is in both arms.")
    # Less the mean of all, so that adding up a large number costs no digits.
    means = np.bincount(codes, y - y.mean()) / sizes
    first, second = means[of_treated == 1], means[of_treated == 0]
    if count < FEWEST or min(len(first), len(second)) < 2:
        raise TooFew(
            Why.FEW_CLUSTERS, "Too few teams.", teams=count, needed=FEWEST, each=2
        )
    near = 1e-12 * float(np.abs(y).max())
    one, other = _mean(first, near), _mean(second, near)
    return welch(one, other, n=len(y), clusters=count, confidence=confidence)


def _mean(means: Floats, near: float) -> Part:
    """The mean of means; those nearer to each other than `near` are the same."""
    count = len(means)
    spread = float(np.var(means, ddof=1)) if np.ptp(means) > near else 0.0
    return Part(float(means.mean()), spread / count, count - 1)


def two_way(fit: Fit, first: ArrayLike, second: ArrayLike) -> Floats:
    """The covariance (k x k) where people are alike in either of two ways.

    Such as of one team, or of one week: the sum of both CR1 covariances less that of
    the pairs, each with its own G/(G-1). Directions in which the difference is below
    0 count as 0. Go by the fewer of both less 1 for the degrees of freedom.

    Raises what `teams.teams` raises.
    Source: A. C. Cameron, J. B. Gelbach and D. L. Miller, Journal of Business &
    Economic Statistics 29 (2011) 238-249.
    """
    one, _ = coded(first, fit.n)
    other, count = coded(second, fit.n)
    pairs = one * count + other
    found = (
        covariance(fit, one, "CR1")
        + covariance(fit, other, "CR1")
        - covariance(fit, pairs, "CR1")
    )
    values, vectors = np.linalg.eigh(found)
    if values.min() >= 0:
        return found
    kept: Floats = (vectors * np.maximum(values, 0)) @ vectors.T
    return kept
