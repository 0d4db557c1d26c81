"""Which teams of a league are in its upper half: fair to small teams, and no last ones.

Of teams as good as each other, the smallest are first and last by chance alone. So the
share of people who did something good is drawn towards the league's mean, the more the
fewer people a team has (`pesue.stats.shrinkage`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from pesue import stats  # pages need the sizes, and no arithmetic

FEWEST = 3  # teams; of fewer nothing is known of how much teams differ
K = 5  # people of a team that did something good, before it is named
SIZES = (5, 10, 25, 100)  # from so many people on
SAME = 1e-9


@dataclass(frozen=True)
class Standing:
    """A team in a month: its people, and how many of them did something good."""

    team: int
    people: int
    good: int


def size(people: int) -> int:
    """The size that a team counts as, by its least number of people; 0: too small."""
    return max((least for least in SIZES if people >= least), default=0)


def upper_half(teams: Sequence[Standing]) -> list[tuple[int, int]]:
    """(place, team) of the upper half, the first first; those alike share a place.

    None of fewer than FEWEST teams, nor where all are alike; and no team of which
    fewer than K people did something, though its place stays empty then.
    """
    if len(teams) < FEWEST or not any(team.good for team in teams):
        return []
    those = sorted(teams, key=lambda one: one.team)
    shares = [one.good / one.people for one in those]
    rates = stats.shrinkage.shrink(shares, list(_errors(those))).estimates.tolist()
    least = sorted(rates)[-(len(those) // 2)] - SAME
    placed = [
        (1 + sum(other > rate + SAME for other in rates), one)
        for rate, one in zip(rates, those, strict=True)
        if rate >= least
    ]
    if len(placed) == len(those):
        return []
    return sorted((place, one.team) for place, one in placed if one.good >= K)


def _errors(teams: Sequence[Standing]) -> Iterable[float]:
    """Of each share, were all alike: a team's own would be 0 where all or none did."""
    good, people = sum(team.good for team in teams), sum(team.people for team in teams)
    common = (good + 1) / (people + 2)
    return (sqrt(common * (1 - common) / team.people) for team in teams)
