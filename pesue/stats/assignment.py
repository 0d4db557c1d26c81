"""How chance gave people their arms: mechanisms that can be drawn again, and counted.

An arm is a small whole number from 0, the control, upwards; in a staggered roll-out it
is the period in which a team begins. Assignments are arrays of int16: a row for each
draw, a column for each person.

Source: G. W. Imbens and D. B. Rubin, "Causal Inference for Statistics, Social, and
Biomedical Sciences" (Cambridge 2015), chapters 4 (the mechanisms) and 5 (Fisher's use
of them).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import comb, exp, inf, lgamma

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import Floats, TooFew, Unusable, Why, floats, in_order

Codes = NDArray[np.int16]
MOST_ARMS = 32_767  # the largest code


class Mechanism(ABC):
    """What decided, by chance alone, who is in which arm."""

    @property
    @abstractmethod
    def n(self) -> int:
        """People assigned."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        """Fresh assignments of all people, of shape (draws, n)."""

    @abstractmethod
    def size(self) -> float:
        """How many assignments can come out; infinite where a float cannot tell."""

    @abstractmethod
    def every(self) -> tuple[Codes, Floats]:
        """All assignments (size, n), and the chance of each (size,)."""

    @abstractmethod
    def possible(self, assigned: Codes) -> bool:
        """Whether this assignment (n,) can come out."""

    @abstractmethod
    def chance(self, arm: int) -> Floats:
        """Each person's chance (n,) of this arm; 0 where there is no such arm."""

    @abstractmethod
    def among(self, assigned: Codes, arms: tuple[int, int]) -> "Mechanism":
        """The mechanism for those in two arms, given who these are; arms 0 and 1."""

    def drawn_in(self) -> NDArray[np.intp]:
        """The block in which each person was drawn (n,), as codes; 0 without any."""
        return np.zeros(self.n, np.intp)

    def check(self, assigned: ArrayLike) -> Codes:
        """The assignment as codes.

        Raises Unusable: SHAPES where it is not one code for each person, NOT_IN_RANGE
        where a code is no whole number, NOT_BY_LOT where chance cannot have given it.
        """
        given = floats(assigned)
        if given.shape != (self.n,):
            raise Unusable(Why.SHAPES, "One arm for each person drawn.", n=self.n)
        codes = _codes(given)
        if not self.possible(codes):
            raise Unusable(Why.NOT_BY_LOT, "This lot cannot have come out so.")
        return codes


@dataclass(frozen=True)
class Complete(Mechanism):
    """A fixed number of people in each arm, everybody equally likely: `counts`[arm]."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, assigned: ArrayLike) -> "Complete":
        """Taking the numbers found in each arm as those that were fixed."""
        arms = _codes(floats(assigned))
        if arms.ndim != 1 or arms.min(initial=0) < 0:
            raise Unusable(Why.SHAPES, "One arm, from 0, for each person.")
        return cls(tuple(int(count) for count in np.bincount(arms)))

    def __post_init__(self) -> None:
        if any(count < 0 for count in self.counts):
            raise Unusable(Why.NOT_IN_RANGE, "A count is below 0.")
        if not sum(self.counts):
            raise TooFew(Why.EMPTY, "There is nobody to assign.")

    @property
    def n(self) -> int:
        return sum(self.counts)

    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        return rng.permuted(
            np.broadcast_to(_ranked(self.counts), (draws, self.n)), axis=1
        )

    def size(self) -> float:
        return _exp(_log_ways(self.counts))

    def every(self) -> tuple[Codes, Floats]:
        return _alike(_arrangements(self.counts))

    def possible(self, assigned: Codes) -> bool:
        return np.array_equal(np.sort(assigned), _ranked(self.counts))

    def chance(self, arm: int) -> Floats:
        return np.full(self.n, sum(self.counts[arm : arm + 1]) / self.n)

    def among(self, assigned: Codes, arms: tuple[int, int]) -> "Complete":
        return Complete((self.counts[arms[0]], self.counts[arms[1]]))


@dataclass(frozen=True, eq=False)
class Blocked(Mechanism):
    """Fixed numbers in each arm within each block (or stratum, or matched pair).

    `blocks` (n,) holds each person's label; `counts` (blocks, arms) the people of each
    block in each arm, blocks in the order of their labels.
    """

    blocks: ArrayLike
    counts: ArrayLike

    @classmethod
    def of(cls, blocks: ArrayLike, assigned: ArrayLike) -> "Blocked":
        """Taking the numbers found in each block as those that were fixed."""
        codes, many = in_order(blocks)
        arms = _codes(floats(assigned))
        if codes.shape != arms.shape or arms.min(initial=0) < 0:
            raise Unusable(Why.SHAPES, "One block and one arm, from 0, for each.")
        counts = np.zeros((many, int(arms.max(initial=0)) + 1), np.intp)
        np.add.at(counts, (codes, arms), 1)
        return cls(blocks, counts)

    def __post_init__(self) -> None:
        if not self.n:
            raise TooFew(Why.EMPTY, "There is nobody to assign.")
        if self._table.ndim != 2 or not np.array_equal(
            self._table.sum(axis=1), np.bincount(self._blocks)
        ):
            raise Unusable(Why.SHAPES, "Counts must add up to each block's people.")
        if (self._table < 0).any():
            raise Unusable(Why.NOT_IN_RANGE, "A count is below 0.")

    @cached_property
    def _blocks(self) -> NDArray[np.intp]:
        return in_order(self.blocks)[0]

    @cached_property
    def _table(self) -> NDArray[np.intp]:
        return np.asarray(self.counts, np.intp)

    @cached_property
    def _shapes(self) -> list[tuple[tuple[int, ...], NDArray[np.intp]]]:
        """Blocks of the same counts are drawn together: many pairs cost one call."""
        order = np.argsort(self._blocks, kind="stable")
        starts = np.concatenate([[0], np.cumsum(self._table.sum(axis=1))[:-1]])
        rows, of = np.unique(self._table, axis=0, return_inverse=True)
        return [
            (
                tuple(int(count) for count in row),
                order[starts[of.reshape(-1) == n][:, None] + np.arange(row.sum())],
            )
            for n, row in enumerate(rows)
        ]

    @property
    def n(self) -> int:
        return len(self._blocks)

    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        drawn = np.empty((draws, self.n), np.int16)
        for counts, places in self._shapes:
            same = np.broadcast_to(_ranked(counts), (draws, *places.shape))
            drawn[:, places] = rng.permuted(same, axis=2)
        return drawn

    def size(self) -> float:
        return _exp(sum(len(at) * _log_ways(counts) for counts, at in self._shapes))

    def every(self) -> tuple[Codes, Floats]:
        rows = np.zeros((1, self.n), np.int16)
        for counts, blocks in self._shapes:
            ways = _arrangements(counts)
            for places in blocks:
                before = len(rows)
                rows = np.repeat(rows, len(ways), axis=0)
                rows[:, places] = np.tile(ways, (before, 1))
        return _alike(rows)

    def drawn_in(self) -> NDArray[np.intp]:
        return self._blocks

    def possible(self, assigned: Codes) -> bool:
        if assigned.min() < 0 or assigned.max() >= self._table.shape[1]:
            return False
        found = np.zeros_like(self._table)
        np.add.at(found, (self._blocks, assigned), 1)
        return np.array_equal(found, self._table)

    def chance(self, arm: int) -> Floats:
        there = self._table[:, arm : arm + 1].sum(axis=1)
        shares = there / self._table.sum(axis=1)
        return np.asarray(shares[self._blocks], np.float64)

    def among(self, assigned: Codes, arms: tuple[int, int]) -> "Blocked":
        counts = self._table[:, list(arms)]
        kept = self._blocks[np.isin(assigned, arms)]
        return Blocked(kept, counts[counts.sum(axis=1) > 0])


@dataclass(frozen=True)
class Bernoulli(Mechanism):
    """Each of `people` by a throw of their own, with the same `shares`[arm]."""

    people: int
    shares: tuple[float, ...] = (0.5, 0.5)

    def __post_init__(self) -> None:
        if self.people < 1:
            raise TooFew(Why.EMPTY, "There is nobody to assign.")
        if min(self.shares) < 0 or abs(sum(self.shares) - 1) > 1e-9:
            raise Unusable(Why.NOT_IN_RANGE, "Shares are from 0 to 1 and add up to 1.")

    @property
    def n(self) -> int:
        return self.people

    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        thrown = rng.random((draws, self.n))
        bounds = np.cumsum(self.shares)[:-1]
        return np.searchsorted(bounds, thrown, side="right").astype(np.int16)

    def size(self) -> float:
        return float(len(self.shares)) ** self.n if self.n < 300 else inf

    def every(self) -> tuple[Codes, Floats]:
        rows = np.array(list(product(range(len(self.shares)), repeat=self.n)), np.int16)
        return rows, np.asarray(self.shares)[rows].prod(axis=1)

    def possible(self, assigned: Codes) -> bool:
        if assigned.min() < 0 or assigned.max() >= len(self.shares):
            return False
        return bool((np.asarray(self.shares)[assigned] > 0).all())

    def chance(self, arm: int) -> Floats:
        return np.full(self.n, sum(self.shares[arm : arm + 1]))

    def among(self, assigned: Codes, arms: tuple[int, int]) -> "Bernoulli":
        one, other = (self.shares[arm] for arm in arms)
        people = int(np.isin(assigned, arms).sum())
        return Bernoulli(people, (one / (one + other), other / (one + other)))


def _codes(given: Floats) -> Codes:
    codes = np.clip(np.nan_to_num(given, nan=-1.0), -1, MOST_ARMS).astype(np.int16)
    if not np.array_equal(codes, given):
        raise Unusable(Why.NOT_IN_RANGE, "An arm is a small whole number.")
    return codes


def _ranked(counts: tuple[int, ...]) -> Codes:
    return np.repeat(np.arange(len(counts), dtype=np.int16), counts)


def _alike(rows: Codes) -> tuple[Codes, Floats]:
    return rows, np.full(len(rows), 1 / len(rows))


def _log_ways(counts: tuple[int, ...]) -> float:
    return lgamma(sum(counts) + 1) - sum(lgamma(count + 1) for count in counts)


def _exp(log: float) -> float:
    return float(round(exp(log))) if log < 30 else inf


def _arrangements(counts: tuple[int, ...]) -> Codes:
    """All orders of `counts`[arm] codes of each arm, a row each."""
    rows = np.zeros((1, sum(counts)), np.int16)
    free = np.arange(sum(counts))[None, :]  # the places each row has left
    for arm, count in enumerate(counts[1:], 1):
        left = free.shape[1]
        taken = np.array(list(combinations(range(left), count)), np.intp)
        taken = taken.reshape(comb(left, count), count)
        keep = np.ones((len(taken), left), bool)
        np.put_along_axis(keep, taken, False, axis=1)
        kept = np.nonzero(keep)[1].reshape(len(taken), left - count)
        before = len(rows)
        rows = np.repeat(rows, len(taken), axis=0)
        places = np.take_along_axis(
            np.repeat(free, len(taken), axis=0), np.tile(taken, (before, 1)), axis=1
        )
        np.put_along_axis(rows, places, np.int16(arm), axis=1)
        free = np.take_along_axis(
            np.repeat(free, len(taken), axis=0), np.tile(kept, (before, 1)), axis=1
        )
    return rows
