"""The difference between two arms in every assignment a lot might have given.

Each person weighs as the inverse of their chance of the arm they are in, so that where
blocks have different shares of the treated, like is compared with like: within blocks
it is the mean of the blocks' differences, each by its people. Where chances are the
same for all, these are the plain means. Who could have come into one arm only tells
nothing and is left out.

Source: G. W. Imbens and D. B. Rubin, "Causal Inference for Statistics, Social, and
Biomedical Sciences" (Cambridge 2015), sections 9.3 to 9.5 (stratified lots).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pesue.stats.assignment import Codes, Mechanism
from pesue.stats.estimates import Floats, TooFew, Why
from pesue.stats.redrawing import Lots, Reference, Seed

Sums = tuple[Floats, Floats]  # over those in arms[1] and in arms[0]


@dataclass(frozen=True)
class Contrast:
    """Sums over both arms, from which the statistic follows for any effect at no cost.

    The columns are those of `_columns`. `drawn` are (m, columns), of each assignment;
    `own` (1, columns) of the real one.
    """

    drawn: Sums
    own: Sums
    variance: float  # of the outcomes, to tell errors from rounding
    weights: Floats
    exact: bool
    studentised: bool

    @classmethod
    def of(
        cls,
        values: Floats,
        codes: Codes,
        mechanism: Mechanism,
        arms: tuple[int, int],
        studentised: bool,
        draws: int,
        seed: Seed,
    ) -> "Contrast":
        """Raises TooFew where an arm is empty or outcomes do not differ."""
        if not all((codes == arm).any() for arm in arms) or arms[0] == arms[1]:
            raise TooFew(Why.ONE_ARM, "There is nobody in one of the arms.")
        here = np.isin(codes, arms)
        lot = mechanism.among(codes, arms)
        chances = lot.chance(1), lot.chance(0)
        by_lot = (chances[0] > 0) & (chances[1] > 0)
        if not by_lot.any():
            raise TooFew(Why.ONE_ARM, "Chance decided nobody's arm.")
        y = values[here] - values[here][by_lot].mean()
        if np.ptp(y[by_lot]) == 0:
            raise TooFew(Why.CONSTANT, "All outcomes are the same.")
        d = (codes[here] == arms[1]).astype(np.float64)
        # What blocks differ by is no error: the lot is drawn within them.
        blocks = lot.drawn_in() if studentised else None
        columns = _Columns.of(y, d, chances, by_lot, blocks)
        lots = Lots.of(lot, draws, seed)
        found = [(*columns.sums(rows), part) for rows, part in lots]
        one, other, weights = map(np.concatenate, zip(*found, strict=True))
        own = columns.sums(d[None, :])
        spread = float(np.var(y[by_lot]))
        return cls((one, other), own, spread, weights, lots.exact, studentised)

    def plain(self) -> "Contrast":
        return replace(self, studentised=False)

    def at(self, effect: float) -> tuple[Reference, float]:
        """The statistic of each assignment, and the real one, of y - effect * d."""
        drawn, own = self._values(self.drawn, effect), self._values(self.own, effect)
        return Reference(drawn, self.weights, self.exact), float(own[0])

    def _values(self, sums: Sums, effect: float) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = (_mean(arm, effect) for arm in sums)
            if not self.studentised:
                return np.asarray(one - other)
            errors = _error(sums[0], effect, one) + _error(sums[1], effect, other)
            return _ratio(one - other, errors, self.variance)


@dataclass(frozen=True)
class _Columns:
    """What is added up over the people of an arm, (n, columns) for each arm.

    w, wy, wd for the weighted mean of y - effect * d, d being the arm really had; and
    for its error people, w², w²y, w²d, w²y², w²yd, w²d².
    """

    one: Floats
    other: Floats
    same: bool  # the weights of both arms

    @classmethod
    def of(
        cls,
        y: Floats,
        d: Floats,
        chances: tuple[Floats, Floats],
        by_lot: NDArray[np.bool_],
        blocks: NDArray[np.intp] | None,
    ) -> "_Columns":
        if blocks is not None:
            y, d = _within(y, blocks), _within(d, blocks)
        one, other = (_weights(chance, by_lot) for chance in chances)
        same = np.array_equal(one, other)
        return cls(_table(y, d, one), _table(y, d, other), same)

    def sums(self, rows: Codes | Floats) -> Sums:
        treated = rows.astype(np.float64)
        one = treated @ self.one
        behind = one if self.same else treated @ self.other
        return one, self.other.sum(axis=0) - behind


def _weights(chance: Floats, by_lot: NDArray[np.bool_]) -> Floats:
    weights = np.zeros(len(chance))
    weights[by_lot] = chance[by_lot].max() / chance[by_lot]
    # Chances that differ by rounding are the same.
    return np.where(np.abs(weights - 1) < 1e-9, 1.0, weights)


def _within(column: Floats, blocks: NDArray[np.intp]) -> Floats:
    means = np.bincount(blocks, column) / np.bincount(blocks)
    return np.asarray(column - means[blocks])


def _table(y: Floats, d: Floats, w: Floats) -> Floats:
    squares = w * w
    first = [w, w * y, w * d]
    second = [squares * part for part in (np.ones_like(y), y, d, y * y, y * d, d * d)]
    return np.column_stack([*first, (w > 0).astype(np.float64), *second])


def _mean(sums: Floats, effect: float) -> Floats:
    w, y, d = sums.T[:3]
    return np.asarray((y - effect * d) / w)


def _error(sums: Floats, effect: float, mean: Floats) -> Floats:
    """The squared error of the mean: s² / n where all weigh the same."""
    w, people = sums.T[0], sums.T[3]
    ww, y, d, yy, yd, dd = sums.T[4:]
    total = y - effect * d
    squares = yy - 2 * effect * yd + effect**2 * dd
    left = squares - 2 * mean * total + mean**2 * ww
    return np.asarray(np.maximum(left, 0.0) * people / (people - 1) / w**2)


def _ratio(difference: Floats, squared: Floats, variance: float) -> Floats:
    """Where all in both arms are equal there is no error: an endless t, or none."""
    none = squared <= 1e-20 * variance
    far = np.where(difference**2 <= 1e-20 * variance, 0.0, np.sign(difference) * np.inf)
    return np.where(none, far, difference / np.sqrt(squared))
