"""The pages of a document as one text: without running heads and feet, paragraphs whole
again, footnotes after the rest."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pesue.guidance.documents.layout import Line, Piece, Row, in_order, rows_of, width
from pesue.guidance.documents.lines import is_marked
from pesue.guidance.documents.plain import cleaned

EDGE = 3  # rows at the top and the bottom of a page that may be its frame
OFTEN = 0.7  # of the pages of a kind, that a frame stands on
PAGE_NUMBER = re.compile(
    r"\W*(?:page|sivu|sida|s\.)?\s*\d{1,4}\s*(?:(?:/|of|av|\()\s*\d{1,4}\)?)?"
    r"\s*(?:\|\s*(?:page|sivu|sida))?\W*|[ivxl]{1,6}",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"^\W*\d{1,4}\b|\b\d{1,4}\s*(?:(?:/|of|av|\()\s*\d{1,4}\)?)?\W*$", re.IGNORECASE
)
CONTENTS = re.compile(r"(?:[.\u2026_]\s?){4,}\s*\d{1,3}\s*$")
NOTE = re.compile(r"\s*(?:\d{1,3}|[*\u2020\u2021]{1,3})[.)]?\s+(?=\S)")
NOTE_SIZE, HEADING_SIZE = 0.9, 1.15  # of the letters of most text
HYPHENS = "-\u00ad\u2010"
AND = re.compile(r"(?:ja|tai|eli|sek\u00e4|och|eller|samt|resp|and|or)\b")
LEADING, FULL = 1.35, 0.85
COLUMN = 20  # heights of letters, from which what is below is another column
ENDS = (".", "!", "?", ":", ";")


def text_of_pages(pieces: list[list[Piece]]) -> str:
    pages = [rows_of(page) for page in pieces]
    pages = _without_frames(pages)
    body = _usual_size(pages)
    notes: list[Row] = []
    kept = []
    for page in pages:
        rows, below = _parted(page, body)
        kept.append(list(in_order(rows)))
        notes += below
    words = Counter(re.findall(r"[\w-]+", " ".join(_said(row) for row in _all(kept))))
    text = [*_blocks(kept, body, words), *_blocks([notes], 0, words)]
    return "\n\n".join(text)


def _all(pages: Iterable[list[Row]]) -> Iterator[Row]:
    return (row for page in pages for row in page)


def _said(row: Row) -> str:
    return " ".join(" ".join(line.text.split()) for line in row)


# Frames


def _without_frames(pages: list[list[Row]]) -> list[list[Row]]:
    edges = [_edges(page) for page in pages]
    stands: dict[str, set[int]] = {}
    for at, edge in enumerate(edges):
        for row in edge:
            stands.setdefault(_shape(row), set()).add(at)
    frames = {shape for shape, on in stands.items() if _is_frame(on, len(pages))}
    return [
        [row for row in page if not (_is_in(row, edge) and _frames(row, frames))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _frames(row: Row, frames: set[str]) -> bool:
    return _shape(row) in frames or PAGE_NUMBER.fullmatch(_said(row)) is not None


def _is_frame(on: set[int], pages: int) -> bool:
    """Whether what stands on these pages does so by rule: on all, all but the first,
    all left or right ones, or all of a chapter."""
    groups = [range(pages), range(1, pages)]
    groups += [group for at in (0, 1) if len(group := range(at, pages, 2)) > 2]
    groups += [range(at, at + 3) for at in range(pages - 2)]
    return any(
        len(group) > 1 and sum(at in on for at in group) > OFTEN * len(group)
        for group in groups
    )


def _is_in(row: Row, rows: list[Row]) -> bool:
    return any(row is one for one in rows)


def _edges(page: list[Row]) -> list[Row]:
    from_top = sorted(page, key=lambda row: -row[0].y)
    return [*from_top[:EDGE], *from_top[-EDGE:]]


def _shape(row: Row) -> str:
    """With the number of a page, first or last, made the same."""
    return f"{row[0].size:.0f} {COUNTED.sub('0', _said(row))}"


# Footnotes


def _usual_size(pages: list[list[Row]]) -> float:
    sizes: Counter[float] = Counter()
    for row in _all(pages):
        for line in row:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _parted(page: list[Row], body: float) -> tuple[list[Row], list[Row]]:
    """A page's rows, and its footnotes: small letters at its end, with a mark first."""
    below: list[Row] = []
    for row in sorted(page, key=lambda row: row[0].y):
        if row[0].size > NOTE_SIZE * body:
            break
        below.insert(0, row)
    while below and not (below[0][0].noted or NOTE.match(below[0][0].text)):
        below.pop(0)
    return [row for row in page if not _is_in(row, below)], below


# Paragraphs


def _blocks(pages: list[list[Row]], body: float, words: Counter[str]) -> Iterator[str]:
    held: Line | None = None
    for page in pages:
        flow = _Flow(page)
        for row in page:
            if CONTENTS.search(_said(row)):
                continue
            line = _of_row(row, body)
            if not line.text:
                continue
            if held and len(row) == 1 and flow.goes_on(held, line):
                line.text = _joined(held.text, line.text, words)
                held = line
                continue
            if held:
                yield _shown(held, body)
            held = line if len(row) == 1 else None
            if held is None:
                yield line.text
    if held:
        yield _shown(held, body)


def _of_row(row: Row, body: float) -> Line:
    text = " | ".join(" ".join(line.text.split()) for line in row)
    first = row[0]
    if not body:  # a footnote
        text = NOTE.sub("", text)
    soft = text[-1:] if text.endswith("\u00ad") else ""  # it parts a word
    text = cleaned(text) + soft
    return Line(first.x, first.y, first.size, text, row[-1].end, first.noted)


def _shown(line: Line, body: float) -> str:
    if body and line.size > HEADING_SIZE * body and not is_marked(line.text):
        return f"# {line.text}"
    return line.text


class _Flow:
    """Which lines of a page go on what stands before them."""

    def __init__(self, page: list[Row]) -> None:
        self._lines = [row[0] for row in page if len(row) == 1]
        down = [(a, b) for a, b in pairwise(self._lines) if a.y > b.y]
        steps = sorted((a.y - b.y) / (b.size or 1) for a, b in down)
        self._step = max([1.0, *steps[len(steps) // 4 :][:1]])  # in heights of letters

    def goes_on(self, before: Line, line: Line) -> bool:
        alike = abs(before.size - line.size) < 0.1 * line.size
        if line.noted or is_marked(line.text) or not alike:
            return False
        step = before.y - line.y  # down; a new column or page is up, or far
        if LEADING * self._step < step / (line.size or 1) < COLUMN:
            return False
        if before.text[-1:] in HYPHENS:
            return True
        if before.text.endswith(":"):
            return False
        small = re.match(r"\W*[^\W\d_]", line.text)
        goes_on = small is not None and small[0][-1].islower()
        return (goes_on and not before.text.endswith(ENDS)) or self._full(before, line)

    def _full(self, before: Line, line: Line) -> bool:
        """Whether the next word would not have fitted before the end of the column."""
        near = (one for one in self._lines if abs(one.x - before.x) < 2 * line.size)
        right = max([before.end, *(one.end for one in near)])
        word = width(" " + line.text.split()[0], line.size)
        return before.end + word > before.x + FULL * (right - before.x)


def _joined(before: str, after: str, words: Counter[str]) -> str:
    """One text of two lines; words parted at the end of a line are whole again."""
    if before[-1:] not in HYPHENS or before[-2:-1].isspace():
        return f"{before} {after}"
    if AND.match(after):  # "kuva- ja videomateriaali"
        return f"{before} {after}"
    head, tail = (
        re.findall(r"[\w-]*$", before[:-1])[0],
        re.findall(r"^[\w-]*", after)[0],
    )
    stays = not after[:1].islower() or head.isupper() or head[-1:].isdigit()
    known = words[f"{head}-{tail}"] and not words[f"{head}{tail}"]
    hyphen = "-" if before[-1] != "\u00ad" and (stays or known) else ""
    return before[:-1] + hyphen + after
