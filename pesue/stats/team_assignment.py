"""How chance gave whole teams their arms, or their turn in a roll-out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.assignment import Codes, Complete, Mechanism
from pesue.stats.estimates import Floats, TooFew, Unusable, Why, floats, in_order


@dataclass(frozen=True, eq=False)
class Clustered(Mechanism):
    """Teams are drawn and their members follow.

    `teams` (n,) holds each person's team; `lot` is the mechanism that drew the teams,
    in the order of their labels: any of those here, so teams may be blocked.
    """

    teams: ArrayLike
    lot: Mechanism

    @classmethod
    def of(cls, teams: ArrayLike, assigned: ArrayLike) -> "Clustered":
        """Taking the numbers of teams found in each arm as those that were fixed."""
        codes, _ = in_order(teams)
        arms = floats(assigned)
        if arms.shape != codes.shape:
            raise Unusable(Why.SHAPES, "One team and one arm for each person.")
        of_team = arms[np.unique(codes, return_index=True)[1]]
        if not np.array_equal(of_team[codes], arms):
            raise Unusable(Why.NOT_BY_LOT, "A team is in two arms.")
        return cls(codes, Complete.of(of_team))

    def __post_init__(self) -> None:
        if self.lot.n != in_order(self.teams)[1]:
            raise Unusable(Why.SHAPES, "The lot is about each team once.")

    @cached_property
    def _teams(self) -> NDArray[np.intp]:
        return in_order(self.teams)[0]

    @cached_property
    def _firsts(self) -> NDArray[np.intp]:
        return np.unique(self._teams, return_index=True)[1]

    @property
    def n(self) -> int:
        return len(self._teams)

    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        return self.lot.draw(rng, draws)[:, self._teams]

    def size(self) -> float:
        return self.lot.size()

    def every(self) -> tuple[Codes, Floats]:
        rows, chances = self.lot.every()
        return rows[:, self._teams], chances

    def possible(self, assigned: Codes) -> bool:
        of_team = assigned[self._firsts]
        together = np.array_equal(of_team[self._teams], assigned)
        return together and self.lot.possible(of_team)

    def chance(self, arm: int) -> Floats:
        return self.lot.chance(arm)[self._teams]

    def drawn_in(self) -> NDArray[np.intp]:
        return self.lot.drawn_in()[self._teams]

    def among(self, assigned: Codes, arms: tuple[int, int]) -> "Clustered":
        lot = self.lot.among(assigned[self._firsts], arms)
        return Clustered(self._teams[np.isin(assigned, arms)], lot)


@dataclass(frozen=True)
class Staggered(Mechanism):
    """Teams begin in random order: `periods` lists all beginnings, one for each team.

    The codes are the periods themselves. A period that never comes (99, say) stands
    for teams that do not begin.
    """

    periods: tuple[int, ...]

    @cached_property
    def _waves(self) -> tuple[Codes, Complete]:
        waves, counts = np.unique(
            np.asarray(self.periods, np.int16), return_counts=True
        )
        return waves, Complete(tuple(int(count) for count in counts))

    def __post_init__(self) -> None:
        if not len(self.periods):
            raise TooFew(Why.EMPTY, "There is nobody to assign.")

    @property
    def n(self) -> int:
        return len(self.periods)

    def draw(self, rng: np.random.Generator, draws: int) -> Codes:
        waves, lot = self._waves
        return waves[lot.draw(rng, draws)]

    def size(self) -> float:
        return self._waves[1].size()

    def every(self) -> tuple[Codes, Floats]:
        waves, lot = self._waves
        rows, chances = lot.every()
        return waves[rows], chances

    def possible(self, assigned: Codes) -> bool:
        return np.array_equal(np.sort(assigned), np.sort(self.periods))

    def chance(self, arm: int) -> Floats:
        return np.full(self.n, self._many(arm) / self.n)

    def among(self, assigned: Codes, arms: tuple[int, int]) -> Complete:
        return Complete((self._many(arms[0]), self._many(arms[1])))

    def _many(self, period: int) -> int:
        return int(np.count_nonzero(np.asarray(self.periods) == period))
