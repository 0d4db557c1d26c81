"""Adding up acts into figures, and the people whose acts are in each."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pesue.stats.protection import Node


@dataclass(frozen=True)
class Act:
    """What one member did, or brought about: numbers by statistic, without zeros."""

    member: int
    numbers: Mapping[str, int]


@dataclass
class Figure:
    number: int = 0
    people: set[int] = field(default_factory=set)


Figures = dict[Hashable, Figure]  # by key of a cut


class Tally:
    """The figures of one cut in one period, by statistic.

    It grows with the different people at each key, not with the acts.
    """

    def __init__(self) -> None:
        self._figures: dict[str, Figures] = defaultdict(lambda: defaultdict(Figure))

    def add(self, act: Act, key: Hashable) -> None:
        """Count the act into the figure of the key."""
        for statistic, number in act.numbers.items():
            figure = self._figures[statistic][key]
            figure.people.add(act.member)
            figure.number += number

    def figures(self, statistic: str) -> Figures:
        return dict(self._figures[statistic])


def total(figures: Iterable[Figure]) -> Figure:
    """One figure of all, in which each person is once."""
    whole = Figure()
    for figure in figures:
        whole.number += figure.number
        whole.people |= figure.people
    return whole


Key = TypeVar("Key", bound=Hashable)


def tree(
    direct: Mapping[Hashable, frozenset[int]], above: Mapping[Key, Key | None]
) -> Node:
    """A total and the nodes below it, each with the people who are directly there.

    `above` gives each node its parent; None is the total.
    """
    below: dict[Key | None, list[Key]] = defaultdict(list)
    for key, parent in above.items():
        below[parent].append(key)

    def grown(key: Key | None) -> Node:
        parts = tuple(grown(part) for part in below[key])
        return Node(key, direct.get(key, frozenset()), parts)

    return grown(None)


def with_below(
    direct: Mapping[Hashable, Figure], above: Mapping[Key, Key | None]
) -> dict[Key, Figure]:
    """Each key's figure with those of all keys below it, where anything is."""
    within: dict[Key, list[Figure]] = defaultdict(list)
    for start in above.keys() & direct.keys():
        key: Key | None = start
        while key is not None:
            within[key].append(direct[start])
            key = above[key]
    return {key: total(figures) for key, figures in within.items()}
