"""When a question comes again: after one week, two, four and eight, then never.

All is read off the tries. Weeks count, not days: a question waits for as long as its
reader is away, and being away moves nothing back.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

WAITS = (1, 2, 4, 8)  # weeks until a question of each box comes again
MOST = 2  # questions a week

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Try(Generic[Key]):
    """A question tried in a week."""

    key: Key
    week: int
    right: bool


@dataclass(frozen=True)
class Place:
    """Where a question is: its box, the week it comes again, and when it last did."""

    box: int  # of WAITS; past the last one it is known
    week: int
    again: int = -1


def week_of(day: date) -> int:
    """The number of the week that begins on a Monday."""
    return (day.toordinal() - 1) // 7


def places(tries: Iterable[Try[Key]]) -> dict[Key, Place]:
    """Where each question is after these tries, told in their order.

    A right answer moves it on only when its time has come; a wrong one brings it
    back next week.
    """
    found: dict[Key, Place] = {}
    for one in tries:
        old = found.get(one.key)
        came = old is not None and old.box < len(WAITS) and one.week >= old.week
        again = one.week if came else old.again if old else -1
        if old is None or not one.right:
            found[one.key] = Place(0, one.week + WAITS[0], again)
        elif came:
            box = old.box + 1
            wait = WAITS[box] if box < len(WAITS) else 0
            found[one.key] = Place(box, one.week + wait, again)
    return found


def due(tries: Iterable[Try[Key]], *, week: int, most: int = MOST) -> list[Key]:
    """What to ask this week, what has waited longest first; few, also after a pause."""
    known = places(tries)
    left = most - sum(place.again == week for place in known.values())
    ripe = [
        key
        for key, place in known.items()
        if place.box < len(WAITS) and place.week <= week
    ]
    ripe.sort(key=lambda key: known[key].week)
    return ripe[: max(left, 0)]
