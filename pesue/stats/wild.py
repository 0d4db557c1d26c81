"""The wild bootstrap of teams: p and an interval from errors whose signs are drawn.

Each draw multiplies the residuals of the fit without effect, team by team, by a weight:
a sign, or one of Webb's six numbers, better for few teams. p is the share of draws
whose t (with CR1 errors) is at least as far from 0 as the observed, ties included:
(1 + count) / (1 + draws), or count / 2^G where up to 12 teams let all signs be taken.
The interval is of the effects for which the same draws give p > 1 - confidence.

Source: A. C. Cameron, J. B. Gelbach and D. L. Miller, Review of Economics and
Statistics 90 (2008) 414-427; "WCR11" of J. G. MacKinnon, M. O. Nielsen and M. D. Webb,
Journal of Applied Econometrics 38 (2023) 671-694; the six numbers: M. D. Webb, Queen's
Economics Department working paper 1315 (2013).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.estimates import Floats, TooFew, Why, one_of, sure
from pesue.stats.regression import Fit, among, ols
from pesue.stats.teams import Teams, decided, enough, teams

Weights = Literal["rademacher", "webb"]

ENUMERATED = 12  # teams, up to which all 2 ** G signs are taken instead of drawn
WEBB = np.sqrt([0.5, 1.0, 1.5])
AT_ONCE = 1_000_000  # numbers in one piece of the draws
# Draws that equal the observed up to rounding are as extreme as it.
TIE = 1 - 1e-9


@dataclass(frozen=True)
class Wild:
    """A coefficient with its bootstrap p and interval, in units of the outcome.

    `p` is of the two-sided test of no effect. The interval holds all effects that the
    test does not refuse at 1 - `confidence`; an end is None where none is reached.
    `draws` are those made, all there are where `enumerated`.
    """

    estimate: float
    low: float | None
    high: float | None
    p: float
    n: int
    clusters: int
    draws: int
    enumerated: bool
    confidence: float


def wild_bootstrap(
    outcome: ArrayLike,
    columns: ArrayLike,
    column: int,
    clusters: ArrayLike,
    *,
    draws: int = 9_999,
    seed: int | np.random.Generator,
    weights: Weights = "rademacher",
    confidence: float = 0.95,
) -> Wild:
    """The wild cluster bootstrap-t of one column's coefficient, the null imposed.

    `outcome` (n), `columns` (n x k, as they are), the place of the `column` asked
    about, `clusters` (n). The weights are signs, or Webb's six numbers.

    Raises TooFew (FEW_CLUSTERS) below 6 teams and where one team alone decides a part
    of the coefficient, (CONSTANT) where no error can be measured, (FEW) for less than
    one draw; else what `regression.ols` and `teams.teams` raise. Source: see above.
    """
    _check(draws, confidence)
    one_of(weights, get_args(Weights))
    fit = ols(outcome, columns)
    among(fit, [column])
    by_team = enough(teams(fit, clusters))
    decided(fit, by_team, column)
    drawn = Drawn.of(
        fit, by_team, column, _weights(by_team.count, draws, weights, seed)
    )
    step = fit.error(drawn.variance, column)
    if not step:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ enough between teams.")
    return drawn.read(float(fit.coefficients[column]), step, fit.n, confidence)


def _check(draws: int, confidence: float) -> None:
    if draws < 1:
        raise TooFew(Why.FEW, "There must be a draw.", draws=draws)
    sure(confidence)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Every draw's t for any null at once.

    With the null at the estimate plus a shift s, the residuals are e - s r: e of the
    whole fit, r of the column on the others. So a draw's coefficient less the null is
    moved - s moved_r, and its squared error square - 2 s cross + s^2 square_r, up to
    the factor of CR1, which drops out. `variance` is the observed one, less it too.
    """

    moved: Floats  # one each draw, as the others
    moved_r: Floats
    square: Floats
    cross: Floats
    square_r: Floats
    variance: float
    teams: int
    whole: bool  # all signs there are, not a sample of them

    @classmethod
    def of(
        cls, fit: Fit, by_team: Teams, column: int, made: tuple[Iterator[Floats], bool]
    ) -> "Drawn":
        (pieces, whole), contrast = made, fit.root[column]
        reach = by_team.weights @ contrast
        sides = by_team.scores, reach / (contrast @ contrast)
        parts = [_moments(weights, sides, reach, contrast) for weights in pieces]
        moved, moved_r, square, cross, square_r = np.concatenate(parts, axis=1)
        variance = float(np.square(by_team.scores @ contrast).sum())
        return cls(
            moved, moved_r, square, cross, square_r, variance, by_team.count, whole
        )

    def read(self, estimate: float, step: float, n: int, confidence: float) -> Wild:
        """What the draws say of the estimate, of which `step` is about the error."""
        low, high = (_end(self.p, side, 1 - confidence) for side in (-step, step))
        return Wild(
            estimate=estimate,
            low=None if low is None else estimate + low,
            high=None if high is None else estimate + high,
            p=self.p(-estimate),
            n=n,
            clusters=self.teams,
            draws=len(self.moved),
            enumerated=self.whole,
            confidence=confidence,
        )

    def p(self, shift: float) -> float:
        """The share of draws at least as far from the null as the estimate is."""
        moved = self.moved - shift * self.moved_r
        squares = self.square - shift * (2 * self.cross - shift * self.square_r)
        as_far = moved**2 * self.variance >= shift**2 * squares * TIE
        count, extreme = len(moved), int(np.count_nonzero(as_far))
        return extreme / count if self.whole else (1 + extreme) / (1 + count)


def _moments(
    weights: Floats, sides: tuple[Floats, Floats], reach: Floats, contrast: Floats
) -> Floats:
    """Five numbers for each draw, 5 x B, from its weights, B x G."""
    (moved, left), (moved_r, left_r) = (
        _left(weights, scores, reach, contrast) for scores in sides
    )
    square, square_r = np.square(left).sum(axis=1), np.square(left_r).sum(axis=1)
    return np.stack([moved, moved_r, square, (left * left_r).sum(axis=1), square_r])


def _left(
    weights: Floats, scores: Floats, reach: Floats, contrast: Floats
) -> tuple[Floats, Floats]:
    """The drawn coefficients (B), and the teams' scores after the fit (B x G)."""
    own = scores @ contrast
    return weights @ own, weights * own - (weights @ scores) @ reach.T


def _weights(
    count: int, draws: int, weights: Weights, seed: int | np.random.Generator
) -> tuple[Iterator[Floats], bool]:
    """The weights in pieces, draws x teams, and whether they are all there are."""
    if weights == "rademacher" and count <= ENUMERATED:
        return _all_signs(count), True
    return _drawn(count, draws, weights, np.random.default_rng(seed)), False


def _all_signs(count: int) -> Iterator[Floats]:
    bits = np.arange(2**count)[:, None] >> np.arange(count) & 1
    yield bits.astype(np.float64) * 2 - 1


def _drawn(
    count: int, draws: int, weights: Weights, chance: np.random.Generator
) -> Iterator[Floats]:
    step = max(1, AT_ONCE // count)
    for done in range(0, draws, step):
        size = min(step, draws - done), count
        bits = chance.integers(0, 2, size, dtype=np.int8)
        signs = bits.astype(np.float64) * 2 - 1
        if weights == "webb":
            signs *= WEBB[chance.integers(0, 3, size, dtype=np.int8)]
        yield signs


def _end(p: Callable[[float], float], step: float, alpha: float) -> float | None:
    """The shift at which p falls to alpha, going from 0 in steps of growing size."""
    inside, outside = 0.0, step
    while p(outside) > alpha:
        inside, outside = outside, 2 * outside
        if abs(outside) > 1e6 * abs(step):
            return None
    for _ in range(40):
        middle = (inside + outside) / 2
        if p(middle) > alpha:
            inside = middle
        else:
            outside = middle
    return outside
