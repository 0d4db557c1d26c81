"""From what jurors scored and colleagues voted to who won. People decide: this adds up.

The rule, the same for every award and told beside each result:

1. A nominee's place with the jury comes from the median of its jurors' means: one
   juror alone can neither lift nor sink anybody, and it does not matter how many of
   them had to keep out.
2. A nominee gets a point from the jury for each other nominee whose median is lower,
   and half a point for each that is level; from the vote likewise, by votes. Both are
   told as a share of the most there is (Borda's count of two orders).
3. The two are added by the weights that the award has told beforehand.
4. Who is level then is parted by the order that the award named beforehand, if it named
   one. Who is still level shares the award. Nothing is drawn by lot.

No Django.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import median
from typing import Literal

from pesue.foundation.counts import K
from pesue.stats.protection import Node, may_be_shown

FEWEST_SCORES = 2  # jurors for each nominee: one alone is no jury
MOST_WINNERS = 0.15  # of the people an award is for: one that all win honours nobody
BLANK = 0  # a ballot's choice of nobody
Tie = Literal["jury", "vote", "shared"]


@dataclass(frozen=True)
class Decided:
    """Winners in no order: more than one share the award. `next` come after them."""

    winners: tuple[int, ...]
    next: tuple[int, ...] = ()


def decided(
    nominees: Sequence[int],
    *,
    scores: Mapping[int, Sequence[float]] | None,
    votes: Mapping[int, int] | None,
    weight: int,
    tie: Tie,
) -> Decided:
    """Who won, by nominee.

    `scores` are jurors' means, from 1 to 5, of each nominee; `votes` how many chose
    each. None of one of them: the other decides alone. `weight` is the jury's part
    in per cent. Nobody wins where there is nothing to go by.
    """
    jury = {n: median(scores[n]) for n in nominees if scores.get(n)} if scores else {}
    cast = {n: float(votes.get(n, 0)) for n in nominees} if votes else {}
    if scores is not None and len(jury) < len(nominees):
        jury = {}  # somebody was scored by nobody: they cannot be compared
    if not any(cast.values()):
        cast = {}
    if not nominees or not (jury or cast):
        return Decided(())
    part = 0 if not jury else 100 if not cast else weight
    order = {"jury": jury, "vote": cast}.get(tie, {})
    place = {
        n: (
            part * _points(n, jury) + (100 - part) * _points(n, cast),
            round(order.get(n, 0.0), 9),
        )
        for n in nominees
    }
    ways = sorted(set(place.values()), reverse=True)
    winners, *others = [tuple(n for n in nominees if place[n] == way) for way in ways]
    return Decided(winners, others[0] if others else ())


def _points(nominee: int, told: Mapping[int, float]) -> float:
    """A share of the most there is: 1 for one before all others, 0 for the last."""
    others = [round(told[n], 9) for n in told if n != nominee]
    if not others:
        return 0.0
    mine = round(told[nominee], 9)
    won = sum(mine > other for other in others)
    level = sum(mine == other for other in others)
    return round((won + level / 2) / len(others), 9)


def most_winners(people: int) -> int:
    """How many of so many people may win at one time."""
    return max(1, floor(MOST_WINNERS * people))


def shown(votes: Mapping[int, int]) -> dict[int, int]:
    """The counts that may be told, by nominee, BLANK among them.

    None of fewer than K people, and none that follows from the others: where nearly
    everybody chose the same, how many did is not told.
    """
    begun = 0
    parts = []
    for choice, people in votes.items():
        if choice == BLANK and not people:
            continue  # that all chose somebody tells of nobody
        parts.append(Node(choice, frozenset(range(begun, begun + people))))
        begun += people
    told = may_be_shown(Node("all", parts=tuple(parts)), K)
    return {choice: people for choice, people in votes.items() if choice in told}
