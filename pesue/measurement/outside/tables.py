"""Tables of numbers as programs write them: whatever the letters, the separator and
the order of the columns, and with lines above the one that names them."""

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pesue.foundation.tables import (
    SEPARATORS,
    Rows,
    cells_of,
    encoding_of,
    lines_of,
    plain,
    separator_told,
)
from pesue.foundation.tables import NotReadable as NotReadable
from pesue.measurement.outside import cells

LOOK_AT = 20  # lines, for the one that names the columns
SAMPLE = 20  # lines not understood that are told one by one


class Bad(NamedTuple):
    """A line that was not understood. `why` is a key of PROBLEMS."""

    line: int
    why: str
    about: str


class NotThis(Exception):
    """This line was not understood; raised while it is read."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(why, about)
        self.why = why
        self.about = about[:80]


@dataclass(frozen=True)
class Row:
    line: int  # in the file, as an editor shows it
    cells: Mapping[str, str]  # by our names of the columns; trimmed
    all: tuple[str, ...]  # every cell, also of columns we do not know

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    columns: frozenset[str]
    heads: tuple[str, ...]  # as the file names them
    rows: Iterator[Row]


Enough = Callable[[frozenset[str]], bool]
Names = Mapping[str, str]  # from a heading in small letters to our name


def names_of(columns: Mapping[str, str]) -> dict[str, str]:
    """From {our name: "heading, other heading"} to a dict by heading."""
    return {
        heading: column
        for column, headings in columns.items()
        for heading in headings.split(", ")
    }


@contextmanager
def opened(path: Path, names: Names, enough: Enough) -> Iterator[Table]:
    """The table in the file; `enough` says whether the columns found will do.

    Raises NotReadable, maybe in the middle of its rows.
    """
    with path.open(encoding=encoding_of(path), newline="") as stream:
        lines = lines_of(stream)
        heads, separator, above = _header(lines, names, enough)
        columns = [names.get(plain(head), "") for head in heads]
        rows = _rows(csv.reader(lines, delimiter=separator), columns, above)
        yield Table(frozenset(columns) - {""}, tuple(heads), rows)


def order_in(path: Path, names: Names, enough: Enough) -> str:
    """Whether day or month comes first in the column "day"; the file is read for it
    once more, as one file has one order. Raises NotReadable."""
    with opened(path, names, enough) as table:
        try:
            return cells.order_of(row.get("day") for row in table.rows)
        except cells.Unclear as unclear:
            raise NotReadable(unclear.reason, unclear.about) from unclear


def _header(
    lines: Iterator[str], names: Names, enough: Enough
) -> tuple[list[str], str, int]:
    """The headings, the separator, and the number of their line."""
    first, told = "", ""
    for number, line in zip(range(1, LOOK_AT + 1), lines, strict=False):
        if separator_told(line):
            told = separator_told(line)
            continue
        first = first or " ".join(line.split())
        for separator in told or SEPARATORS:
            heads = next(csv.reader([line], delimiter=separator), [])
            found = [names.get(plain(head), "") for head in heads]
            if enough(frozenset(found) - {""}):
                return heads, separator, number
    raise NotReadable("header" if first else "empty", first[:150])


def _rows(reader: Rows, columns: list[str], above: int) -> Iterator[Row]:
    """Rows that hold something; the line of one that goes on is its last."""
    for raw in cells_of(reader, above):
        every = tuple(cell.strip() for cell in raw)
        if not any(every):
            continue
        found: dict[str, str] = {}
        for column, cell in zip(columns, every, strict=False):
            if column:
                found.setdefault(column, cell)
        yield Row(above + reader.line_num, found, every)


def stands_again(row: Row, heads: tuple[str, ...]) -> bool:
    """Whether the row names the columns once more, as files put together do."""
    return row.all == tuple(head.strip() for head in heads)
