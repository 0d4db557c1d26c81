"""Adding up acts into figures, and the people whose acts are in each."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pesue.measurement.protection import Node


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

    `of_people` names the statistics whose number is that of different people.
    """

    def __init__(self, of_people: Iterable[str]) -> None:
        self._of_people = frozenset(of_people)
        self._figures: dict[str, Figures] = defaultdict(lambda: defaultdict(Figure))

    def add(self, act: Act, keys: Iterable[Hashable]) -> None:
        """Count the act into the figure of each key."""
        for key in keys:
            for statistic, number in act.numbers.items():
                figure = self._figures[statistic][key]
                figure.people.add(act.member)
                if statistic in self._of_people:
                    figure.number = len(figure.people)
                else:
                    figure.number += number

    def figures(self, statistic: str) -> Figures:
        return dict(self._figures[statistic])


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


def lineage(key: Key | None, above: Mapping[Key, Key | None]) -> Iterator[Key]:
    """The key, and all above it up to the total, which is left out."""
    while key is not None:
        yield key
        key = above[key]
