"""A made-up organisation: teams, leaders, motives, a network, and a week's shares.

All of it is a guess at how people share, on purpose no easy one: counts, a few people
of whom most come, teams alike within, leaders known to everybody. What a lever does is
written down for each person, as the two numbers of shares that might have been.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pesue.stats.randomisation import Clustered, Complete

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

MONEY, RECOGNITION, MEANING = range(3)
MOTIVES = (0.25, 0.35, 0.40)  # the shares of people whom each moves
INCREMENTAL = 0.6  # of clicks; the rest would have come without the share
YEAR = 52


@dataclass(frozen=True)
class Nature:
    """What organisations are like; rates on the log scale of a person's week."""

    teams: int = 40
    size: float = 12  # people in a team, on average
    sizes: tuple[int, ...] = ()  # these instead, where they are given
    base: float = 0.3  # shares a week of somebody in the middle
    leader: float = 0.5  # more, on the log scale
    person: float = 0.7  # standard deviation between people of a team
    team: float = 0.3  # and between teams
    season: float = 0.2  # how far the year goes up and down
    misread: float = 0.2  # of people whose motive is taken for another
    inside: float = 0.4  # chance of a tie within a team
    across: float = 0.004  # and of one between teams
    hub: float = 0.0  # of a tie between a leader and anybody


@dataclass(frozen=True, eq=False)
class Organisation:
    """Its people, in the order of their teams; the first of each team leads it."""

    nature: Nature
    team: Whole
    leads: Flags
    motive: Whole
    told: Whole  # the motive as a survey has it
    own: Floats  # what a person adds to the log of the rate

    @classmethod
    def drawn(cls, rng: np.random.Generator, nature: Nature) -> "Organisation":
        sizes = np.array(nature.sizes or rng.poisson(nature.size, nature.teams))
        sizes = sizes.clip(3)
        team = np.repeat(np.arange(len(sizes)), sizes)
        n = len(team)
        leads = np.zeros(n, bool)
        leads[np.cumsum(sizes) - sizes] = True
        motive = rng.choice(3, n, p=MOTIVES)
        wrong = (motive + rng.integers(1, 3, n)) % 3
        told = np.where(rng.random(n) < nature.misread, wrong, motive)
        own = rng.normal(0, nature.team, len(sizes))[team]
        own += rng.normal(0, nature.person, n) + nature.leader * leads
        return cls(nature, team, leads, motive, told, own)

    @property
    def n(self) -> int:
        return len(self.team)

    def rates(self, weeks: range) -> Floats:
        """Shares to expect of each person in each week, (n, weeks)."""
        season = self.nature.season * np.sin(2 * np.pi * np.array(weeks) / YEAR)
        return np.asarray(self.nature.base * np.exp(self.own[:, None] + season))

    def rate(self, weeks: range) -> Floats:
        """Shares to expect of each person in all of the weeks, (n,)."""
        return np.asarray(self.rates(weeks).sum(axis=1))

    def people(self, rng: np.random.Generator) -> Flags:
        """Half of the people, drawn one by one."""
        return np.asarray(self.lot().draw(rng, 1)[0] == 1)

    def lot(self) -> Complete:
        return Complete((self.n - self.n // 2, self.n // 2))

    def whole_teams(self, rng: np.random.Generator) -> Flags:
        """Half of the teams, drawn whole."""
        teams = int(self.team[-1]) + 1
        lot = Clustered(self.team, Complete((teams - teams // 2, teams // 2)))
        return np.asarray(lot.draw(rng, 1)[0] == 1)

    def ties(self, rng: np.random.Generator) -> sparse.csr_array:
        """Who sees whom: a stochastic block model, with leaders as hubs."""
        nature = self.nature
        same = self.team[:, None] == self.team
        chance = np.where(same, nature.inside, nature.across)
        hub = self.leads[:, None] | self.leads
        chance = np.where(hub & ~same, np.maximum(chance, nature.hub), chance)
        upper = np.triu(rng.random(chance.shape) < chance, 1)
        return sparse.csr_array((upper | upper.T).astype(np.float64))


def might_have_been(
    rng: np.random.Generator, rate: Floats, effect: Floats | float
) -> tuple[Whole, Whole]:
    """Counts without and with an effect on the log of the rate, of the same luck.

    Both are Poisson; where the effect is above 0, nobody does less with it.
    """
    without = rng.poisson(rate)
    left = rng.binomial(without, np.exp(np.minimum(effect, 0)))
    return without, left + rng.poisson(rate * np.expm1(np.maximum(effect, 0)))


def clicks(
    rng: np.random.Generator, shares: Whole, each: float = 3, shape: float = 0.5
) -> tuple[Whole, Whole]:
    """Clicks on people's (or items') shares, and those of them that are incremental.

    Each share has a gamma-Poisson number with the mean `each`: many none, few many.
    """
    total = rng.poisson(rng.gamma(shape * shares, each / shape))
    return total, rng.binomial(total, INCREMENTAL)


@dataclass(frozen=True, eq=False)
class Trial:
    """What the weeks before told, what might have been, and who was treated."""

    before: Whole
    without: Whole
    with_it: Whole
    treated: Flags

    @classmethod
    def of(
        cls,
        rng: np.random.Generator,
        organisation: Organisation,
        effect: Floats | float,
        treated: Flags,
        weeks: int = 8,
    ) -> "Trial":
        """Of a lever with an effect on the log of the rate; as long before as after."""
        first, then = range(weeks), range(weeks, 2 * weeks)
        before = rng.poisson(organisation.rate(first))
        both = might_have_been(rng, organisation.rate(then), effect)
        return cls(before, *both, treated)

    @property
    def outcome(self) -> Whole:
        return np.where(self.treated, self.with_it, self.without)

    @property
    def truth(self) -> float:
        return float((self.with_it - self.without).mean())
