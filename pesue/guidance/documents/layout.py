"""Pieces of text drawn on a page, as lines in the order in which one reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SAME_LINE = 0.4  # of the height of the letters, that pieces of a line may differ
APART = 1.5  # heights between pieces that are in cells or columns of their own
SMALL = 0.8
NARROW, WIDE = set("iljtfrI.,:;'|!()[] "), set("mwMW@%")
MARK = re.compile(
    r"(?:[^\w\s]|[o\u00a7]|\(?\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[a-z\u00e5\u00e4\u00f6][.)])"
)
NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|[*\u2020\u2021]{1,3})\s*")
COLUMN_ROWS, COLUMN_LETTERS = 4, 20  # from which two columns are no table


@dataclass(frozen=True)
class Piece:
    x: float
    y: float  # upwards
    size: float  # height of the letters
    text: str
    even: bool = False  # letters of one width

    @property
    def end(self) -> float:
        size = self.size
        return self.x + (
            0.6 * size * len(self.text) if self.even else width(self.text, size)
        )


@dataclass
class Line:
    x: float
    y: float
    size: float
    text: str
    end: float
    noted: bool = False  # with the raised mark of a footnote before it

    @property
    def is_mark(self) -> bool:
        """Only what stands before the item of a list."""
        return MARK.fullmatch(self.text.strip()) is not None


Row = list[Line]  # lines side by side: cells of a table, or of columns


def rows_of(pieces: list[Piece]) -> list[Row]:
    """Rows in the order in which they are drawn."""
    rows: list[Row] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        new = Line(
            piece.x,
            piece.y,
            piece.size,
            piece.text,
            piece.x + width(piece.text, piece.size),
        )
        if last is None or not _is_beside(last, new):
            rows.append([new])
        elif _is_apart(last, new):
            rows[-1].append(new)
        else:
            _join(last, new)
    return rows


def width(text: str, size: float) -> float:
    """About how wide: fonts differ by a tenth."""
    narrow = sum(letter in NARROW for letter in text)
    wide = sum(letter in WIDE or letter.isupper() for letter in text)
    return size * (0.5 * len(text) - 0.22 * narrow + 0.2 * wide)


def _is_beside(last: Line, new: Line) -> bool:
    size = max(last.size, new.size)
    return abs(last.y - new.y) < SAME_LINE * size and new.x > last.x - 0.1 * size


def _is_apart(last: Line, new: Line) -> bool:
    if last.is_mark or not (last.text[-1:].isspace() or new.text[:1].isspace()):
        return False
    size = max(last.size, new.size)
    return new.x - last.end > APART * size + 0.1 * (last.end - last.x)


def _join(last: Line, new: Line) -> None:
    raised = NOTE_MARK.fullmatch(new.text) and new.size < SMALL * last.size
    if raised and len(last.text.split()[-1]) > 2:  # but m2 and CO2 stay
        last.end = new.end
        return
    if NOTE_MARK.fullmatch(last.text) and last.size < SMALL * new.size:
        last.text, last.x, last.noted = "", new.x, True
    gap = " " if last.is_mark and not last.text[-1:].isspace() else ""
    last.text += gap + new.text
    last.y = new.y if new.size > last.size else last.y
    last.size, last.end = max(last.size, new.size), new.end


def in_order(rows: list[Row]) -> Iterator[Row]:
    """Columns whose lines are drawn across both are read one after the other."""
    at = 0
    while at < len(rows):
        band = _band(rows, at)
        if len(band) < COLUMN_ROWS or not _is_text(band):
            yield rows[at]
            at += 1
            continue
        middle = max(row[-1].x for row in band if len(row) == 2) - 1
        lines = [line for row in band for line in row]
        yield from ([line] for line in lines if line.x < middle)
        yield from ([line] for line in lines if line.x >= middle)
        at += len(band)


def _band(rows: list[Row], at: int) -> list[Row]:
    """The rows from `at` on that may be of two columns: both, or one that is longer."""
    found: list[Row] = []
    right = rows[at][1].x if len(rows[at]) == 2 else 0.0
    for row in rows[at:] if right else []:
        size = row[0].size
        is_near = not found or 0 < found[-1][0].y - row[0].y < 2 * size
        in_two = len(row) == 2 and abs(row[1].x - right) < size
        in_one = len(row) == 1 and (row[0].x > right - size or row[0].end < right)
        if not is_near or not (in_two or in_one):
            break
        found.append(row)
    return found


def _is_text(band: list[Row]) -> bool:
    both = [row for row in band if len(row) == 2]
    letters = (min(len(line.text) for line in row) for row in both)
    enough = sum(number >= COLUMN_LETTERS for number in letters)
    return enough >= max(COLUMN_ROWS, 0.7 * len(both))
