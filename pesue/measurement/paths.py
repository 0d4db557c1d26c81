"""How people go their way here, so told that nobody's own way is seen.

How soon they begin, how far they come, who thanks whom. All of it describes; none of it
says what did it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pesue import stats

K = 5  # people in any figure, and in what is left when one is taken from another
NEAREST = 5  # people: two months' numbers may differ by one who came further
LONGEST = 52  # weeks drawn
TEAMS = 8  # between which thanks are drawn


@dataclass(frozen=True)
class Begun:
    """Of a hundred who joined, how many had posted by the end of a week of theirs."""

    week: int
    share: int
    low: int
    high: int


@dataclass(frozen=True)
class Stage:
    key: str
    people: int | None  # to the nearest five; None: not shown


@dataclass(frozen=True)
class Thanked:
    """How many people of one team thanked people of another."""

    giver: str
    receiver: str
    people: int


@dataclass(frozen=True)
class Paths:
    begun: Sequence[Begun] = ()
    stages: Sequence[Stage] = ()
    thanked: Sequence[Thanked] = ()


def begun(weeks: Sequence[int], did: Sequence[bool]) -> list[Begun]:
    """From each one's week of the first post, or the weeks until now without one.

    The curve falls where it has come to five more people, in whole hundredths.
    """
    if not weeks:
        return []
    survival = stats.survival
    curve = survival.coarse(survival.kaplan_meier(weeks, did), K)
    found = []
    for time in curve.times[curve.times <= LONGEST]:
        at = survival.by(curve, time)
        parts = (round(100 * part) for part in (at.share, at.low, at.high))
        found.append(Begun(int(time), *parts))
    return found


def stages(reached: Sequence[tuple[str, frozenset[int]]]) -> list[Stage]:
    """How many came to each stage, or further; the first is of all.

    A stage is hidden where fewer than five came to it, or where fewer than five are
    between it and the last one shown: from the two one could tell of them.
    """
    further: list[frozenset[int]] = []
    for _key, people in reversed(reached):
        further.append(people | (further[-1] if further else frozenset()))
    found, last = [], None
    for (key, _people), came in zip(reached, reversed(further), strict=True):
        left = 0 if last is None else last - len(came)
        shown = len(came) >= K and (left == 0 or left >= K)
        if shown:
            last = len(came)
        number = NEAREST * round(len(came) / NEAREST) if shown else None
        found.append(Stage(key, number))
    return found


def between(
    thanks: Iterable[tuple[int, int, int]], sizes: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """(giver's team, receiver's team, people who thanked), most people first.

    From thanks as (giver, giver's team, receiver's team). Left out are thanks within a
    team, those of fewer than five people, and teams of fewer than five.
    """
    givers: dict[tuple[int, int], set[int]] = defaultdict(set)
    for giver, team, other in thanks:
        if team != other and min(sizes.get(team, 0), sizes.get(other, 0)) >= K:
            givers[team, other].add(giver)
    found = [(*pair, len(who)) for pair, who in givers.items() if len(who) >= K]
    found.sort(key=lambda one: (-one[2], one))
    teams: dict[int, None] = {}  # in order
    for one in found:
        teams |= dict.fromkeys(one[:2])
    kept = set(list(teams)[:TEAMS])
    return [one for one in found if kept.issuperset(one[:2])]
