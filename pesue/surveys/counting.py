"""From unsealed answers to the figures that may be kept. No database.

Rows are (team, answers by question); teams are the ids of `Team`, None for nobody's.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pesue.foundation.counts import K
from pesue.stats.protection import Node, may_be_shown
from pesue.surveys.scales import SCALES, SILENT, TEXT

WORDS_FROM = 10  # answers, before what anybody wrote is shown
Row = tuple[int | None, Mapping[int, str]]


@dataclass(frozen=True)
class Place:
    """A team in the tree."""

    id: int
    parent: int | None
    path: str  # "/1/4/"


@dataclass(frozen=True)
class Asked:
    id: int
    scale: str
    k: int = K  # people in the smallest group that is shown


@dataclass(frozen=True)
class Counted:
    """By question and team (None: all) how many chose what; and remarks, shuffled."""

    tallies: dict[tuple[int, int | None], Counter[str]]
    remarks: dict[int, list[str]]


def counted(
    rows: Sequence[Row], questions: Iterable[Asked], places: Sequence[Place]
) -> Counted:
    """What may be kept of the answers: nothing of fewer than k people."""
    tallies: dict[tuple[int, int | None], Counter[str]] = {}
    remarks: dict[int, list[str]] = {}
    teams: dict[int, dict[int, list[Row]]] = {}
    for question in questions:
        if question.scale == TEXT:
            words = [said for _t, row in rows if (said := row.get(question.id, ""))]
            if len(rows) >= WORDS_FROM:
                random.SystemRandom().shuffle(words)
                remarks[question.id] = words
        elif len(rows) >= question.k:
            tallies[question.id, None] = _chosen(question, rows)
            if question.k not in teams:
                teams[question.k] = shown_teams(rows, places, question.k)
            mine = teams[question.k].items()
            parts = {team: _chosen(question, inside) for team, inside in mine}
            if not any(_betrays(question, part) for part in parts.values()):
                tallies |= {(question.id, team): part for team, part in parts.items()}
    return Counted(tallies, remarks)


def shown_teams(
    rows: Sequence[Row], places: Sequence[Place], k: int
) -> dict[int, list[Row]]:
    """The teams that may be shown, with the answers of all inside each."""
    keys = may_be_shown(tree_of(places, Counter(team for team, _row in rows)), k)
    found: dict[int, list[Row]] = {one.id: [] for one in places if one.id in keys}
    above = {one.id: [int(n) for n in one.path.strip("/").split("/")] for one in places}
    for row in rows:
        for team in found.keys() & above.get(row[0] or 0, ()):
            found[team].append(row)
    return found


def tree_of(places: Iterable[Place], people: Mapping[int | None, int]) -> Node:
    """The teams as figures; people are counted, so numbers stand for them."""
    children: dict[int | None, list[int]] = {}
    for place in places:
        children.setdefault(place.parent, []).append(place.id)
    begun = 0

    def node(team: int | None) -> Node:
        nonlocal begun
        here = people.get(team, 0)
        own = frozenset(range(begun, begun + here))
        begun += here
        return Node(team or "all", own, tuple(map(node, children.get(team, []))))

    return node(None)


def _chosen(question: Asked, rows: Iterable[Row]) -> Counter[str]:
    keys = SCALES[question.scale].keys
    found = Counter(dict.fromkeys(keys, 0))
    found.update(said for _t, row in rows if (said := row.get(question.id)) in keys)
    return found


def _betrays(question: Asked, part: Mapping[str, int]) -> bool:
    """Where all of a team are alike, the figure tells each one's answer."""
    said = {key: number for key, number in part.items() if key != SILENT}
    good = SCALES[question.scale].good
    if good:
        return sum(said[key] for key in good) in {0, sum(said.values())}
    return max(said.values()) == sum(said.values())
