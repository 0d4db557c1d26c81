"""What we are proud of: four kinds of rows in one order, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate

from pesue.encouragement.access import recognition as access
from pesue.people.models import Member, Team

PAGE = 20
KINDS = ("honour", "letter", "story", "thanks")  # of one moment in this order


@dataclass(frozen=True, order=True)
class Place:
    """Where something hangs: ordered as it is read, newest first."""

    since: float  # seconds, negated: the newest is the least
    kind: int  # its place in KINDS
    row: int  # its number, negated


@dataclass(frozen=True)
class Entry:
    """One thing on the wall."""

    kind: str
    at: datetime
    row: Any  # Thanks, Honour, Letter or Story

    @property
    def place(self) -> Place:
        return Place(-self.at.timestamp(), KINDS.index(self.kind), -self.row.pk)

    @property
    def cursor(self) -> str:
        """What in an address means: go on below this one."""
        return f"{self.at.isoformat()}~{self.kind}~{self.row.pk}"


@dataclass(frozen=True)
class Cursor:
    at: datetime
    kind: str
    row: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """From an address; None for the newest, and for anything that is no cursor."""
        at, _, rest = text.partition("~")
        kind, _, row = rest.partition("~")
        if kind not in KINDS or not (row.isascii() and row.isdecimal()):
            return None
        try:
            found = parse_datetime(at)
        except ValueError:
            return None
        good = found is not None and found.tzinfo is not None and len(row) < 19
        return cls(found, kind, int(row)) if good and found else None


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    older: str  # the cursor of the next page; "" on the last


def page(
    reader: Member, *, team: Team | None = None, after: str = "", now: datetime
) -> Page:
    """PAGE things, of a team and all below it or of all: four queries, however many."""
    cursor = Cursor.read(after)
    columns = [
        _column(kind, rows, when, cursor)
        for kind, rows, when in _sources(reader, team, now)
    ]
    found = list(islice(merge(*columns, key=lambda entry: entry.place), PAGE + 1))
    more = len(found) > PAGE
    return Page(found[:PAGE], found[PAGE - 1].cursor if more else "")


def _sources(
    reader: Member, team: Team | None, now: datetime
) -> Iterator[tuple[str, "QuerySet[Any]", str]]:
    """Each kind, its rows, and by which field they are ordered."""
    letters = access.shown_letters(today=localdate(now))
    stories = access.shown_stories(reader)
    whose = ("member", "share__member")
    yield "honour", _of(team, access.shown_honours(), "receiver"), "shown_at"
    yield "letter", _of(team, letters, *whose, own=True), "shown_at"
    yield "story", _of(team, stories, "author"), "accepted_at"
    yield "thanks", _of(team, access.shown_thanks(), "receiver"), "shown_at"


def _of(
    team: Team | None, rows: "QuerySet[Any]", *whose: str, own: bool = False
) -> "QuerySet[Any]":
    """Those about somebody of the team or below it; `own`: or about such a team."""
    if team is None:
        return rows
    members = Member.objects.filter(team__in=team.subtree())
    within = Q(team__in=team.subtree()) if own else Q()
    for name in whose:
        within |= Q(**{f"{name}__in": members.values("pk")})
    return rows.filter(within)


def _column(
    kind: str, rows: "QuerySet[Any]", when: str, cursor: Cursor | None
) -> list[Entry]:
    """The next rows of one kind, below the cursor."""
    if cursor is not None:
        below = Q(**{f"{when}__lt": cursor.at})
        if kind == cursor.kind:
            below |= Q(**{when: cursor.at, "pk__lt": cursor.row})
        elif kind > cursor.kind:  # KINDS is in the order of the alphabet
            below |= Q(**{when: cursor.at})
        rows = rows.filter(below, **{f"{when}__lte": cursor.at})
    found = rows.order_by(f"-{when}", "-pk")[: PAGE + 1]
    return [Entry(kind, getattr(row, when), row) for row in found]
