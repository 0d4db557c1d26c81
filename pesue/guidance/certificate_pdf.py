"""A certificate as a PDF of one page.

The letters are those of Source Serif: Latin with all its accents, Greek, Cyrillic.
A name it has no letters for counts as not writable, rather than being written wrong.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from fpdf import FPDF, ViewerPreferences

from pesue.foundation.paper import lettered

INK, QUIET = (35, 29, 25), (101, 91, 83)
SIDE = 30  # millimetres left free on either side
# The cat of templates/_mark.html, in a colour of the organisation's.
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<path fill="none" stroke="{colour}" stroke-width="6" stroke-linecap="round" '
    'd="M13.5 39C10 29 9 19 11.5 9.5 12.5 6 16 5 18.5 7.5"/>'
    '<path fill="{colour}" d="M10.5 41c0-6 4-10 10-10h14.5c.6-3.5.6-7 .9-13.200.1-1.7 '
    "2-2.4 3.2-1.2l4.5 4.4h7.8l4.5-4.4c1.2-1.2 3.1-.5 3.2 1.2l.6 8.7C60.2 34 57 38.5 "
    "52.5 40v15a3.3 3.3 0 0 1-6.6 0v-5.5h-1.4V55a3.3 3.3 0 0 1-6.6 0v-7.5H25.6V55a3.3 "
    '3.3 0 0 1-6.6 0v-7.5h-1V55a3.3 3.3 0 0 1-6.6 0z"/><path fill="none" '
    'stroke="#fff" stroke-width="1.7" stroke-linecap="round" '
    'd="M40.6 28.5q1.7 1.9 3.4 0M51 28.5q1.7 1.9 3.4 0"/></svg>'
)


@dataclass(frozen=True)
class Lettering:
    """All that stands on it, in words; no grade."""

    language: str
    organisation: str
    name: str
    has: str  # between the name and the course
    title: str  # of the course
    about: str
    day: str
    address: str  # of its public page; empty while it is not shown


def writable(name: str) -> bool:
    """Whether the font has all letters of a name."""
    known = _letters()
    return all(ord(letter) in known for letter in name if not letter.isspace())


def drawn(words: Lettering, accent: str) -> bytes:
    """The page, with its language and title set, its text for copying and reading."""
    with _paper() as page:
        page.set_lang(words.language)
        page.set_title(f"{words.title} · {words.name}")
        page.set_author(words.organisation)
        page.viewer_preferences = ViewerPreferences(display_doc_title=True)
        page.add_page()
        _frame(page, accent)
        page.set_y(62)
        _line(page, words.name, 34, INK, "B")
        _line(page, words.has, 14, QUIET, above=4)
        _line(page, words.title, 24, INK, above=4)
        _line(page, words.about, 14, INK, "I", above=4)
        page.set_y(164)
        _line(page, f"{words.organisation} · {words.day}", 12, QUIET)
        if words.address:
            _line(page, words.address, 10, QUIET, above=1)
        return bytes(page.output())


def _paper() -> AbstractContextManager[FPDF]:
    """An empty document with its letters."""
    page = FPDF(orientation="landscape", format="A4")
    page.set_auto_page_break(False)
    return lettered(page)


def _frame(page: FPDF, accent: str) -> None:
    page.set_draw_color(*(int(accent[at : at + 2], 16) for at in (1, 3, 5)))
    page.set_line_width(0.6)
    page.rect(12, 12, page.w - 24, page.h - 24, round_corners=True, corner_radius=4)
    mark = BytesIO(MARK.format(colour=accent).encode())
    page.image(mark, x=page.w / 2 - 13, y=26, w=26, alt_text="Pesue")


def _line(
    page: FPDF,
    words: str,
    size: float,
    colour: tuple[int, int, int],
    style: str = "",
    *,
    above: float = 0,
) -> None:
    """Words in the middle, on as many lines as they need; a long name gets smaller."""
    page.set_font("serif", style, size)
    widest = max((page.get_string_width(word) for word in words.split()), default=0)
    room = page.w - 2 * SIDE
    if widest > room:
        size *= room / widest * 0.98
        page.set_font("serif", style, size)
    page.set_text_color(*colour)
    page.set_xy(SIDE, page.get_y() + above)
    page.multi_cell(room, size * 0.5, words, align="C", new_x="LMARGIN", new_y="NEXT")


@cache
def _letters() -> frozenset[int]:
    with _paper() as page:
        return frozenset(getattr(page.fonts["serifB"], "cmap", {}))
