"""What a step is about: an item, a colleague's post, a colleague. No database.

Written for many at once: whatever does not depend on the person is sorted once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from pesue.trials.assignment import number

T = TypeVar("T")


@dataclass(frozen=True)
class Card:
    """An item, as much of it as choosing takes."""

    id: int
    language: str
    at: datetime  # into the library
    topics: frozenset[int] = frozenset()
    audience: frozenset[int] = frozenset()  # teams; empty: everybody
    ours: bool = False  # of a concept that runs

    def is_for(self, teams: Collection[int]) -> bool:
        return not self.audience or not self.audience.isdisjoint(teams)


@dataclass(frozen=True)
class Post:
    """A colleague's public post that its author lets colleagues see."""

    id: int
    author: int
    team: int  # 0: none
    language: str
    is_reachable: bool  # its address is known


@dataclass(frozen=True)
class Reader:
    """For whom it is."""

    id: int
    team: int  # 0: none
    above: tuple[int, ...]  # the team and all above it
    language: str
    topics: frozenset[int] = frozenset()


@dataclass
class _Row:
    """Items for a team and a language, the nearest first; where those of topics are."""

    ids: list[int]
    of_topic: dict[int, list[int]] = field(default_factory=dict)

    def first(self, topic: int, told: Collection[int]) -> int | None:
        places = self.of_topic.get(topic, ())
        return next((at for at in places if self.ids[at] not in told), None)


@dataclass
class Shelf:
    """All there is in a week; asked once for each person."""

    cards: Sequence[Card] = ()
    posts: Sequence[Post] = ()
    newcomers: Mapping[int, Sequence[int]] = field(default_factory=dict)  # by team
    _rows: "dict[object, _Row]" = field(default_factory=dict)
    _posts: dict[object, list[list[Post]]] = field(default_factory=dict)

    def item(self, reader: Reader, told: Collection[int]) -> int | None:
        """The nearest that they have not told: own topics first, then own language,
        then what all tell together, then the newest."""
        key = (reader.team, reader.language)
        if key not in self._rows:
            self._rows[key] = self._row(reader)
        row = self._rows[key]
        firsts = (row.first(topic, told) for topic in reader.topics)
        mine = min((at for at in firsts if at is not None), default=None)
        if mine is not None:
            return row.ids[mine]
        return next((one for one in row.ids if one not in told), None)

    def _row(self, reader: Reader) -> "_Row":
        teams = set(reader.above)
        cards = [card for card in self.cards if card.is_for(teams)]
        cards.sort(key=lambda card: _nearness(card, reader.language), reverse=True)
        row = _Row([card.id for card in cards])
        for at, card in enumerate(cards):
            for topic in card.topics:
                row.of_topic.setdefault(topic, []).append(at)
        return row

    def post(
        self, reader: Reader, seen: Collection[int], lot: int, *, reachable: bool
    ) -> int | None:
        """One not seen to yet, of another author: own team and language first, then
        by lot. With `reachable`, one whose address is known."""
        key = (reader.team, reader.language, reachable)
        if key not in self._posts:
            self._posts[key] = self._grouped(reader, reachable)
        for group in self._posts[key]:
            for post in _from(group, lot):
                if post.author != reader.id and post.id not in seen:
                    return post.id
        return None

    def lot(self, reader: Reader, week: date) -> int:
        """Where the reader begins among posts that are as near."""
        return number(0, "post", reader.id, week)

    def _grouped(self, reader: Reader, reachable: bool) -> list[list[Post]]:
        groups: dict[tuple[bool, bool], list[Post]] = {}
        for post in self.posts:
            if post.is_reachable or not reachable:
                near = bool(reader.team) and post.team == reader.team
                alike = (near, post.language == reader.language)
                groups.setdefault(alike, []).append(post)
        return [groups[alike] for alike in sorted(groups, reverse=True)]

    def newcomer(self, reader: Reader, week: date) -> int | None:
        """One who has just come into the same team; by lot, if there are several."""
        others = self.newcomers.get(reader.team, ()) if reader.team else ()
        if not others:
            return None
        order = _from(others, number(0, "newcomer", reader.id, week))
        return next((one for one in order if one != reader.id), None)


def _from(all_: Sequence[T], lot: int) -> Iterator[T]:
    """All of them, beginning at the drawn one."""
    at = lot % len(all_) if all_ else 0
    yield from all_[at:]
    yield from all_[:at]


def _nearness(card: Card, language: str) -> tuple[bool, bool, datetime, int]:
    return card.language == language, card.ours, card.at, card.id
