"""Choosing one example for a reader: near first, and another one each day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

NEAREST = 10  # authors among whom the day decides
Tie = Literal["near", "leader", "far"]  # of models.Tie


@dataclass(frozen=True)
class Reader:
    id: int
    path: str  # of the team, "/1/4/"; empty without one
    language: str
    tried: frozenset[str]  # channels


@dataclass(frozen=True)
class Candidate:
    id: int
    author: int
    path: str
    language: str
    channel: str
    leader: bool = False

    def tie(self, reader: Reader) -> Tie:
        """How near its author is to the reader."""
        if self.leader:
            return "leader"
        return "near" if self.path and self.path == reader.path else "far"


@dataclass(frozen=True)
class Seen:
    """Whom the reader has seen lately."""

    yesterday: int | None = None  # the author
    week: frozenset[int] = frozenset()  # the authors of the last days

    def rested(self, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those whose authors rested all week; if there are none, since yesterday."""
        week = [one for one in found if one.author not in self.week]
        return week or [one for one in found if one.author != self.yesterday]


def choose(
    found: Collection[Candidate],
    reader: Reader,
    day: int,
    *,
    seen: Seen | None = None,
    only: Tie | None = None,
) -> Candidate | None:
    """The reader's example for `day` (a number of a day); None of none.

    The nearest example of each author is kept, the NEAREST of these are taken, and
    of them the day and the reader decide: the same rows give the same answer. With
    `only`, all of that tie are drawn from: in a trial nobody is preferred.
    """
    fit = [one for one in found if only in (None, one.tie(reader))]
    ranked = sorted(fit, key=lambda one: (_far(one, reader), one.id))
    near = _each_once((seen or Seen()).rested(ranked))[: None if only else NEAREST]
    return min(near, key=lambda one: _lot(one, reader, day), default=None)


def nearest(
    found: Collection[Candidate], reader: Reader, day: int, number: int
) -> list[Candidate]:
    """Of each person one, near first; among those as near the day decides the order."""
    ranked = sorted(found, key=lambda one: (_far(one, reader), _lot(one, reader, day)))
    return _each_once(ranked)[:number]


def _each_once(ranked: Sequence[Candidate]) -> list[Candidate]:
    by_author: dict[int, Candidate] = {}
    for one in ranked:
        by_author.setdefault(one.author, one)
    return list(by_author.values())


def _far(found: Candidate, reader: Reader) -> tuple[int, bool, bool]:
    ours, theirs = reader.path.strip("/").split("/"), found.path.strip("/").split("/")
    shared = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other or not one:
            break
        shared += 1
    return (-shared, found.language != reader.language, found.channel in reader.tried)


def _lot(found: Candidate, reader: Reader, day: int) -> bytes:
    return sha256(f"{reader.id}|{day}|{found.id}".encode()).digest()
