"""Which figures of communities are released anew. No Django, no database.

A figure of ten people and, a month later, one of nine of them tell together what the
one who went had said. So a figure is renewed only where the answers of at least
CHANGED people in it differ from those in its last release, where what its renewed
parts leave of that difference is none or as many, too (the same suppression as of the
figures themselves, `stats.protection`), and where not all of the difference is of one
motive. All others stay as they were released.

What it leaves open: whoever knows the motives of all but one of those who came, went
or changed their mind knows the last one's, as in every count.
"""

from collections.abc import Iterable, Mapping, Sequence

from pesue.stats.protection import Node, may_be_shown
from pesue.surveys.counting import Place

Figure = tuple[int, ...]  # how many profiles of each motive, and of none
Figures = Mapping[int | None, Figure]  # by team; None: of all
CHANGED = 5


def renewed(
    new: Figures, released: Figures, places: Sequence[Place]
) -> set[int | None]:
    """Of the teams in `new`, which may be shown, those whose figure is released now.

    A team that had none before is released with the one above it.
    """
    if None not in new or None not in released:
        return set(new)
    above = _above(new, places)
    shown = may_be_shown(_changes(new, released, above), CHANGED)
    found: set[int | None] = {team for team in released if (team or "all") in shown}
    if any(map(_tells, _differences(found, new, released, above))):
        found &= {None}  # and where that tells, too, nothing
    if any(map(_tells, _differences(found, new, released, above))):
        found = set()
    for team, parent in above.items():  # from the root downwards
        if team not in released and parent in found:
            found.add(team)
    return found


def _changes(new: Figures, released: Figures, above: Mapping[int, int | None]) -> Node:
    """The differences of what is in both, as a tree: numbers stand for people."""
    known: dict[int | None, int | None] = {None: None}
    parts: dict[int | None, list[int]] = {}
    for team, parent in above.items():
        known[team] = team if team in released else known[parent]
        if team in released:
            parts.setdefault(known[parent], []).append(team)
    begun = 0

    def node(team: int | None) -> Node:
        nonlocal begun
        inside = parts.get(team, [])
        rest = _less(new[team], (new[one] for one in inside))
        was = _less(released[team], (released[one] for one in inside))
        apart = _apart(_less(rest, [was]))
        own = frozenset(range(begun, begun + apart))
        begun += apart
        # Where nothing has changed there is nothing to tell or to hide.
        found = tuple(part for part in map(node, inside) if part.people)
        return Node(team or "all", own, found)

    return node(None)


def _above(new: Figures, places: Iterable[Place]) -> dict[int, int | None]:
    """Of each team with a figure, the one above it that has one; parents first."""
    found: dict[int, int | None] = {}
    for place in sorted(places, key=lambda one: one.path.count("/")):
        if place.id in new:
            above = [int(part) for part in place.path.strip("/").split("/")][:-1]
            found[place.id] = next((t for t in reversed(above) if t in new), None)
    return found


def _less(whole: Figure, parts: Iterable[Figure]) -> Figure:
    left = list(whole)
    for part in parts:
        left = [a - b for a, b in zip(left, part, strict=True)]
    return tuple(left)


def _apart(difference: Figure) -> int:
    """At least so many people came, went or changed their mind."""
    return max(
        sum(n for n in difference if n > 0), -sum(n for n in difference if n < 0)
    )


def _differences(
    found: Iterable[int | None],
    new: Figures,
    released: Figures,
    above: Mapping[int, int | None],
) -> list[Figure]:
    """Of each figure renewed, and of what its renewed parts leave of it."""
    whole = {team: _less(new[team], [released[team]]) for team in found}
    left = dict(whole)
    for team in whole:
        if team is None:
            continue
        parent = above[team]
        while parent not in whole and parent is not None:
            parent = above[parent]
        if parent in left:
            left[parent] = _less(left[parent], [whole[team]])
    return [*whole.values(), *left.values()]


def _tells(difference: Figure) -> bool:
    """Whether two figures beside each other tell what one answered: too few differ, or
    all that differs is of one motive."""
    same_motive = sum(n != 0 for n in difference) == 1
    return same_motive or 0 < _apart(difference) < CHANGED
