"""Tests and intervals from the lot itself: nothing is assumed about the outcomes.

Under the hypothesis that no arm changes anybody's outcome, every assignment the lot
might have given shows the same outcomes, so what the statistic would have been is
known for each of them.

Sources: R. A. Fisher, "The Design of Experiments" (1935), chapter 2; P. R. Rosenbaum,
"Observational Studies" (2nd ed., Springer 2002), section 2.6 (intervals by inverting
the test); E. Chung and J. P. Romano, "Exact and asymptotically robust permutation
tests", Annals of Statistics 41 (2013) 484-507 (why studentised).
"""

# ruff: noqa: PT028 (`test` is a statistical one)
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.assignment import Bernoulli, Blocked, Codes, Complete, Mechanism
from pesue.stats.estimates import Floats, TooFew, Why, numbers, one_of
from pesue.stats.lot_contrast import Contrast
from pesue.stats.redrawing import Lots, Reference, Seed, invert
from pesue.stats.team_assignment import Clustered, Staggered

__all__ = [
    "Bernoulli",
    "Blocked",
    "Clustered",
    "Complete",
    "LotInterval",
    "LotTest",
    "Mechanism",
    "Staggered",
    "interval",
    "test",
]

Alternative = Literal["two-sided", "greater", "less"]
Named = Literal["difference", "studentised"]
Statistic = Callable[[Floats, Codes], Floats]  # outcomes (n,), lots (m, n) -> (m,)


@dataclass(frozen=True)
class LotTest:
    """`observed` and `mean` in the unit of the statistic; `mean` is the permutation
    mean, what it is on average without an effect; `assignments` were compared with,
    all there are if `exact`."""

    observed: float
    p: float
    mean: float
    assignments: int
    exact: bool
    alternative: str


@dataclass(frozen=True)
class LotInterval:
    """An effect of the same size for everybody, in the unit of the outcome.

    `estimate` is the difference in means (in means within blocks, where these have
    different shares of the treated). An end is infinite where there are too few
    assignments to reject any effect on that side.
    """

    estimate: float
    low: float
    high: float
    confidence: float
    assignments: int
    exact: bool


def test(
    outcome: ArrayLike,
    assigned: ArrayLike,
    mechanism: Mechanism,
    *,
    statistic: Named | Statistic = "difference",
    arms: tuple[int, int] = (0, 1),
    draws: int = 1999,
    seed: Seed = 0,
    alternative: Alternative = "two-sided",
) -> LotTest:
    """Whether the arms changed anything, from outcome (n,) and assigned arm (n,).

    The statistic is the mean of arms[1] less that of arms[0], "studentised" by Welch's
    error, or a function of outcomes (n,) and assignments (m, n) that gives (m,). With
    a named one, people in other arms are left out and the two arms compared given who
    is in either; where chances differ, each weighs as the inverse of theirs, so that
    arms are compared within blocks, and "studentised" takes off what blocks differ
    by. A function sees all arms; give one that is 0 on average, or an `alternative`,
    as "two-sided" is of its absolute value. With few assignments all are gone through,
    else `draws` are drawn from `seed`.

    For teams give `Clustered`; "studentised" is then best used on team means with the
    teams' own lot, because people of one team are not independent.

    Raises Unusable for lists that do not fit and, NOT_BY_LOT, for an assignment the
    mechanism cannot give; TooFew for an empty arm or outcomes that are all the same.
    """
    if not callable(statistic):
        one_of(statistic, get_args(Named))
    values, codes = _given(outcome, assigned, mechanism)
    if callable(statistic):
        lots = Lots.of(mechanism, draws, seed)
        over = Reference.over(lots, lambda rows: statistic(values, rows))
        observed = float(statistic(values, codes[None, :])[0])
    else:
        contrast = Contrast.of(
            values, codes, mechanism, arms, statistic == "studentised", draws, seed
        )
        over, observed = contrast.at(0.0)
    p = over.p(observed, alternative)
    return LotTest(observed, p, over.mean, over.n, over.exact, alternative)


def interval(
    outcome: ArrayLike,
    assigned: ArrayLike,
    mechanism: Mechanism,
    *,
    statistic: Named = "difference",
    arms: tuple[int, int] = (0, 1),
    confidence: float = 0.95,
    draws: int = 1999,
    seed: Seed = 0,
) -> LotInterval:
    """The effects, the same for everybody, that the two-sided test does not reject.

    Arguments, and what is raised, as for `test`. Each effect is tried by taking it off
    those who had it; its ends are found to a millionth of the error.
    """
    one_of(statistic, get_args(Named))
    values, codes = _given(outcome, assigned, mechanism)
    shape = (values, codes, mechanism, arms)
    contrast = Contrast.of(*shape, statistic == "studentised", draws, seed)
    _, estimate = contrast.plain().at(0.0)

    def p(effect: float) -> float:
        over, observed = contrast.at(effect)
        return over.p(observed)

    over, _ = contrast.plain().at(estimate)
    low, high = invert(p, estimate, over.spread, confidence)
    return LotInterval(estimate, low, high, confidence, over.n, over.exact)


def _given(
    outcome: ArrayLike, assigned: ArrayLike, mechanism: Mechanism
) -> tuple[Floats, Codes]:
    (values, _) = numbers(outcome, assigned)
    codes = mechanism.check(assigned)
    if np.ptp(values) == 0:
        raise TooFew(Why.CONSTANT, "All outcomes are the same.")
    return values, codes
