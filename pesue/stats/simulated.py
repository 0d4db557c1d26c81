"""Power and smallest findable effect by replaying an organisation's own history.

Formulas assume that outcomes vary as the normal distribution does and that teams are
alike in size. History shows how they vary here: the trial is drawn many times over
outcomes that happened, an effect is put in, and the analysis is run as it will be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from time import monotonic

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pesue.stats.estimates import (
    Floats,
    TooFew,
    Unusable,
    Why,
    in_order,
    numbers,
    sure,
)
from pesue.stats.proportions import wilson


@dataclass(frozen=True)
class History:
    """What people did in a period that has passed. One entry for each person."""

    outcome: ArrayLike
    teams: ArrayLike | None = None  # labels
    before: ArrayLike | None = None  # the same outcome in the period before


@dataclass(frozen=True)
class Lot:
    """How the trial will draw: people or whole teams, and what share of them."""

    by_team: bool
    share: float = 0.5


@dataclass(frozen=True)
class Effect:
    """`amount` in outcome units is added, or (`times`) outcomes grow by this share."""

    amount: float
    times: bool = False

    def on(self, outcome: Floats) -> Floats:
        return outcome * (1 + self.amount) if self.times else outcome + self.amount


@dataclass(frozen=True)
class Sample:
    """One drawn trial, as the analysis sees it. Arrays have one entry per person."""

    outcome: Floats
    treated: NDArray[np.bool_]
    teams: NDArray[np.intp] | None  # codes 0, 1, ...
    before: Floats | None
    by_team: bool


Analysis = Callable[[Sample], float]  # the two-sided p


@dataclass(frozen=True)
class Simulated:
    """The share of drawn trials that found the effect, with its 95 % interval."""

    power: float
    low: float
    high: float
    draws: int  # done: fewer than asked for where time ran out
    n: int
    clusters: int | None


def welch(sample: Sample) -> float:
    """The p of Welch's t-test: on people, or on team means where teams were drawn."""
    y, treated = sample.outcome, sample.treated
    if sample.by_team and sample.teams is not None:
        sizes = np.bincount(sample.teams)
        y = np.bincount(sample.teams, y) / sizes
        treated = np.bincount(sample.teams, treated) > 0
    a, b = y[treated], y[~treated]
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    if not va + vb > 0:
        return 1.0
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    return float(2 * special.stdtr(df, -abs(a.mean() - b.mean()) / sqrt(va + vb)))


def simulate(
    history: History,
    lot: Lot,
    effect: Effect,
    *,
    seed: int,
    draws: int = 1000,
    analysis: Analysis = welch,
    confidence: float = 0.95,
    seconds: float = 10.0,
) -> Simulated:
    """How often a trial on these people would have found the effect.

    Each draw treats another `lot.share` of the units, gives the treated the effect and
    asks `analysis` for its p. The same seed draws the same trials whatever the effect.
    With an effect of 0 the result is the share of false alarms. After `seconds`, the
    draws done by then are what there is.

    Raises TooFew where an arm would have fewer than two units or nobody differs;
    Unusable where numbers are missing, or teams are to be drawn and there are none.
    """
    sure(confidence)
    outcome, teams, before, units = _read(history, lot)
    treat = _treated(units, lot)
    rng = np.random.default_rng(seed)
    arm = np.zeros(units, dtype=np.bool_)
    arm[:treat] = True
    until, found, done = monotonic() + seconds, 0, 0
    changed = effect.on(outcome)
    while done < draws and (not done or monotonic() < until):
        drawn = rng.permutation(arm)
        treated = drawn[teams] if lot.by_team and teams is not None else drawn
        mixed = np.where(treated, changed, outcome)
        p = analysis(Sample(mixed, treated, teams, before, lot.by_team))
        found += p <= 1 - confidence
        done += 1
    share = wilson(found, done)
    k = None if teams is None else int(teams.max()) + 1
    return Simulated(share.share, share.low, share.high, done, len(outcome), k)


def simulated_mde(
    history: History,
    lot: Lot,
    *,
    seed: int,
    times: bool = False,
    power: float = 0.8,
    draws: int = 1000,
    analysis: Analysis = welch,
    confidence: float = 0.95,
    seconds: float = 20.0,
) -> float:
    """The smallest positive effect that `simulate` finds with the given power.

    In outcome units, or with `times` as a share of each outcome; within 1 % but for
    the chance of the draws. Raises as `simulate` does, and Unusable where no effect
    is found so often (a factor on outcomes that are nearly all 0, say).
    """
    attempt = partial(
        simulate,
        history,
        lot,
        seed=seed,
        draws=draws,
        analysis=analysis,
        confidence=confidence,
        seconds=seconds / 10,
    )
    (y,) = numbers(history.outcome)
    return _least(
        lambda amount: attempt(Effect(amount, times)).power >= power,
        start=0.5 if times else float(y.std()) / 4,
        until=monotonic() + seconds,
    )


def _least(enough: Callable[[float], bool], start: float, until: float) -> float:
    """The least amount that is enough, within 1 %, or near it when time is up."""
    low, high = 0.0, start
    while not enough(high):
        low, high = high, 2 * high
        if high > 1e6 * start:
            raise Unusable(Why.NOT_IN_RANGE, "No effect would be found so often.")
    while high - low > 0.01 * high and monotonic() < until:
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _read(
    history: History, lot: Lot
) -> tuple[Floats, NDArray[np.intp] | None, Floats | None, int]:
    """The history's arrays, and how many units the lot draws from."""
    (outcome,) = numbers(history.outcome)
    before = teams = None
    if history.before is not None:
        outcome, before = numbers(outcome, history.before)
    units = len(outcome)
    if history.teams is not None:
        teams, k = in_order(history.teams)
        if len(teams) != len(outcome):
            raise Unusable(Why.SHAPES, "Each person needs one team.")
        units = k if lot.by_team else units
    elif lot.by_team:
        raise Unusable(Why.SHAPES, "To draw teams, people must have them.")
    if np.ptp(outcome) == 0:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ.")
    return outcome, teams, before, units


def _treated(units: int, lot: Lot) -> int:
    if not 0 < lot.share < 1:
        raise Unusable(Why.NOT_IN_RANGE, f"a share of {lot.share}")
    treat = round(lot.share * units)
    if not 2 <= treat <= units - 2:
        why = Why.FEW_CLUSTERS if lot.by_team else Why.FEW
        raise TooFew(why, "Two units in each arm at least.", units=units)
    return treat
