"""The numbers of people at which one is told what one's words did."""

from bisect import bisect_right

_FIRST = [1, 5, 12, 25, 50]
_TURNS = (100, 250, 500)
MILESTONES = _FIRST + [turn * 10**n for n in range(7) for turn in _TURNS]


def reached(people: int) -> int:
    """The highest milestone that `people` has come to; 0 before the first."""
    place = bisect_right(MILESTONES, people)
    return MILESTONES[place - 1] if place else 0
