"""The assignments that might have been, and what a statistic would have been in them.

Source: M. D. Ernst, "Permutation methods: a basis for exact inference", Statistical
Science 19 (2004) 676-685; the p of drawn assignments as in B. Phipson and G. K. Smyth,
"Permutation p-values should never be zero", Statistical Applications in Genetics and
Molecular Biology 9 (2010), article 39.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from pesue.stats.assignment import Codes, Mechanism
from pesue.stats.estimates import Floats, TooFew, Unusable, Why, sure

Seed = int | np.random.Generator
ENUMERATED = 20_000  # at most so many assignments are gone through one by one
AT_ONCE = 1_000_000  # people times draws held in memory at a time


@dataclass(frozen=True)
class Lots:
    """The assignments a test compares with: all there are, where these are few, else
    `draws` fresh ones. Going through it twice gives the same ones."""

    mechanism: Mechanism
    draws: int
    seed: int

    @classmethod
    def of(cls, mechanism: Mechanism, draws: int, seed: Seed) -> "Lots":
        """Raises TooFew where `draws` is below 1."""
        if draws < 1:
            raise TooFew(Why.FEW, "At least one draw is needed.")
        # One number is taken from a generator: the same draws can then be had again.
        if isinstance(seed, np.random.Generator):
            seed = int(seed.integers(2**62))
        return cls(mechanism, draws, seed)

    @cached_property
    def exact(self) -> bool:
        size = self.mechanism.size()
        return size <= ENUMERATED and size * self.mechanism.n <= 20 * AT_ONCE

    def __iter__(self) -> Iterator[tuple[Codes, Floats]]:
        """Assignments and their chances, some at a time."""
        step = max(1, AT_ONCE // self.mechanism.n)
        if self.exact:
            rows, chances = self.mechanism.every()
            for at in range(0, len(rows), step):
                yield rows[at : at + step], chances[at : at + step]
            return
        rng = np.random.default_rng(self.seed)
        for at in range(0, self.draws, step):
            many = min(step, self.draws - at)
            yield self.mechanism.draw(rng, many), np.ones(many)


@dataclass(frozen=True)
class Reference:
    """What a statistic is over the assignments when nothing had an effect.

    `values` (m,) with the chances `weights` (m,). Where a statistic is no number, an
    arm being empty for instance, the assignment is left out: the comparison is then
    with those assignments under which there is one.
    """

    values: Floats
    weights: Floats
    exact: bool

    @classmethod
    def over(cls, lots: Lots, statistic: Callable[[Codes], Floats]) -> "Reference":
        """Of a statistic that takes assignments (m, n) and gives numbers (m,)."""
        found = [(statistic(rows), chances) for rows, chances in lots]
        values, weights = (np.concatenate(part) for part in zip(*found, strict=True))
        return cls(np.asarray(values, np.float64), weights, lots.exact)

    @cached_property
    def _held(self) -> tuple[Floats, Floats]:
        there = ~np.isnan(self.values)
        return self.values[there], self.weights[there]

    @property
    def n(self) -> int:
        return len(self._held[0])

    @cached_property
    def mean(self) -> float:
        """The permutation mean: near 0 where the statistic compares like with like."""
        values, weights = self._held
        finite = np.isfinite(values)
        if not finite.any():
            return 0.0
        return float(np.average(values[finite], weights=weights[finite]))

    @cached_property
    def spread(self) -> float:
        """The standard deviation over the assignments."""
        finite = self._held[0][np.isfinite(self._held[0])]
        return float(finite.std()) if len(finite) else 0.0

    def p(self, observed: float, alternative: str = "two-sided") -> float:
        """How often a statistic at least as far out comes up, ties counted.

        Two-sided is in absolute value. The assignment that was really drawn is itself
        one of those compared with, so drawn ones give (1 + count) / (1 + draws).
        """
        values, weights = self._held
        if alternative == "two-sided":
            values, observed = np.abs(values), abs(observed)
        elif alternative == "less":
            values, observed = -values, -observed
        elif alternative != "greater":
            raise Unusable(Why.NOT_IN_RANGE, "The alternative is not known.")
        # Sums in another order differ in the last digits: those are ties.
        slack = 1e-9 * self.spread + (1e-12 * abs(observed) if observed < inf else 0)
        own = 0.0 if self.exact else 1.0
        as_far = float(weights[values >= observed - slack].sum())
        return min(1.0, (own + as_far) / (own + float(weights.sum())))


def invert(
    p: Callable[[float], float], start: float, step: float, confidence: float
) -> tuple[float, float]:
    """The ends of the effects around `start` that a test does not reject.

    `p` gives the p of an effect; at `start` it is not to be rejected. From there each
    side is widened from `step` on by doubling until rejected, then halved to a
    millionth of `step`. An end is infinite where a million steps are not rejected: the
    assignments are too few, or the instrument too weak, for any bound.
    """
    reject = 1 - sure(confidence)
    step = step if step > 0 else 1.0

    def end(sign: float) -> float:
        inner, outer = 0.0, step
        while p(start + sign * outer) > reject:
            inner, outer = outer, 2 * outer
            if outer > 1e6 * step:
                return sign * inf
        while outer - inner > 1e-6 * step:
            middle = (inner + outer) / 2
            if p(start + sign * middle) > reject:
                inner = middle
            else:
                outer = middle
        return start + sign * outer

    return end(-1.0), end(1.0)
