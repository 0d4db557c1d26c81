"""Choosing one example for a reader: near first, and another one each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

NEAREST = 10  # authors among whom the day decides


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


def choose(candidates: Sequence[Candidate], reader: Reader, day: int) -> int | None:
    """The id of the reader's example for `day` (a number of a day); None of none.

    The nearest example of each author is kept, the NEAREST of these are taken, and
    of them the day and the reader decide: the same rows give the same answer.
    """
    ranked = sorted(candidates, key=lambda found: (_far(found, reader), found.id))
    by_author: dict[int, Candidate] = {}
    for found in ranked:
        by_author.setdefault(found.author, found)
    nearest = list(by_author.values())[:NEAREST]
    chosen = min(nearest, key=lambda found: _lot(found, reader, day), default=None)
    return chosen.id if chosen else None


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
