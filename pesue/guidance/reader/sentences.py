"""A text parted into sentences, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

LEAD = re.compile(r":\s*$")
MARKER = re.compile(
    r"\s*(?:[-*•‣▪◦·–—☐✓✔✗✘>]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|"
    r"\(?[a-zåäö][.)])\s+"
)
HEADING = re.compile(r"\s*#{1,6}\s+")
END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“”‘»(\[¿¡-]*[A-ZÅÄÖ0-9#]|\s*$)")
_SHORT = """
e.g i.e etc mr mrs ms dr st no nos vs cf approx dept ext tel fig p pp al inc
ltd esim ks mm ym yms jne ts n klo nro puh s ao em ko tms mrd kpl ent toim oy
ab alk ma ti ke to pe la su prof fil huom vrt t.ex bl.a m.fl d.v.s dvs o.s.v
osv ca kl nr p.g.a s.k m.m f.d fr.o.m t.o.m jfr obs st tfn fg tex bla mm ev
resp s.a.s o.d el
"""
SHORT = frozenset(_SHORT.split())
ENDS_TOO = frozenset(["etc", "jne", "ym", "yms", "osv", "o.s.v", "tms", "m.m"])
LONG = 60  # characters; a line that was broken only for its length


Kind = Literal["text", "item", "heading"]


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    text: str  # white space folded
    lead: str  # what a list item hangs on: "Do not:", or a heading; empty: nothing
    heading: bool = False


def spans(text: str) -> list[Span]:
    """Every sentence, heading, list item and table cell that has words in it."""
    return list(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    lead = ""
    for start, end, kind in _blocks(text):
        found = [
            (a, b)
            for cell in _cells(text, start, end)
            for a, b in _sentences(text, *cell)
        ]
        item, heading = kind == "item", kind == "heading"
        if not item:
            lead = ""
        for a, b in found:
            said = " ".join(text[a:b].split())
            if sum(letter.isalpha() for letter in said) > 1:
                yield Span(a, b, said, lead if item else "", heading)
        if found and (heading or (not item and LEAD.search(text[start:end]))):
            lead = " ".join(text[found[-1][0] : end].split()).rstrip(": ")


def _blocks(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Headings, list items, and paragraphs joined of lines broken for their length."""
    lines = _lines(text)
    wrapped = _is_wrapped([text[a:b] for a, b in lines])
    held: tuple[int, int, Kind] | None = None
    for start, end in lines:
        line = text[start:end]
        heading, marker = HEADING.match(line), MARKER.match(line)
        kind: Kind = "heading" if heading else "item" if marker else "text"
        marker = heading or marker
        begins = start + (marker.end() if marker else len(line) - len(line.lstrip()))
        if held and not marker and _goes_on(text, held, start, end, wrapped):
            held = (held[0], end, held[2])
            continue
        if held:
            yield held
        held = (begins, end, kind) if line.strip() else None
    if held:
        yield held


def _lines(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"[^\n\r\f\v\u2028]*", text)]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines were broken at a width, as in mails and PDFs."""
    long = [len(line) for line in lines if line.strip()]
    if len(long) < 4:
        return False
    ended = sum(line.rstrip().endswith((".", "!", "?", ":")) for line in lines)
    return median(long) >= LONG and max(long) <= 130 and ended < 0.6 * len(long)


def _goes_on(
    text: str, held: tuple[int, int, Kind], start: int, end: int, wrapped: bool
) -> bool:
    """Whether a line continues what stands before it."""
    before, line = text[held[0] : held[1]].rstrip(), text[start:end].strip()
    if held[2] == "heading":
        return False
    if not line or not before or before.endswith((".", "!", "?", ":", ";")):
        return bool(line and before and wrapped and before.endswith((".", "!", "?")))
    last = before.splitlines()[-1]
    if line[0].islower():
        return len(last) >= LONG or (held[2] == "item" and len(last) >= LONG // 2)
    return wrapped and len(last) >= LONG


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a row of a table, or the block itself."""
    at = start
    for bar in re.finditer(r"\t+|\s\|\s|^\||\|$", text[start:end]):
        yield at, start + bar.start()
        at = start + bar.end()
    yield at, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in END.finditer(text, start, end):
        if found.end() < end and not _is_end(text, at, found):
            continue
        yield from _trimmed(text, at, found.end())
        at = found.end()
    yield from _trimmed(text, at, end)


def _is_end(text: str, start: int, found: "re.Match[str]") -> bool:
    """Not after an abbreviation, an initial or the number of a day."""
    if found[0][0] != ".":
        return True
    words = text[start : found.start()].split()
    word = words[-1].lower().lstrip("(\"“”'") if words else ""
    if word in ENDS_TOO:
        return True
    following = text[found.end() :].lstrip()[:1]
    if word.isdigit() and len(word) < 3:
        return not (following.isdigit() or len(words) == 1)
    single = len(word) == 1 and word.isalpha()
    return word not in SHORT and not single


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
