"""The report as a PDF, its text for copying and reading aloud."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace, ViewerPreferences

from pesue.foundation.paper import lettered
from pesue.measurement.report.parts import Line, Section
from pesue.measurement.report.shapes import Dot, Plot, Stroke, Table

COLOURS = {"ink": (35, 29, 25), "muted": (101, 91, 83), "faint": (228, 219, 209)}
INK, MUTED = COLOURS["ink"], COLOURS["muted"]
SIDE = 20  # millimetres left free
POINT = 0.3528  # millimetres
LINE = 0.5  # of a line's height to its size in points, in millimetres


def basis_word(basis: str) -> str:
    words = {"measured": _("measured"), "estimated": _("estimated")}
    return words.get(basis, _("not known"))


def paper(
    title: str,
    under: str,
    sections: Sequence[Section],
    plots: Sequence[Plot],
    *,
    language: str,
    home: str,
    accent: str,
) -> bytes:
    with _sheets() as page:
        page.set_lang(language)
        page.set_title(f"{title} · {home}")
        page.set_author(home)
        page.viewer_preferences = ViewerPreferences(display_doc_title=True)
        page.add_page()
        _words(page, title, 24, style="B")
        _words(page, under, 11, colour=MUTED, above=1)
        for section in sections:
            _section(page, section)
        for plot in plots:
            page.add_page()
            _plot(page, plot, accent)
        return bytes(page.output())


class _Paper(FPDF):
    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("serif", "", 9)
        self.set_text_color(*MUTED)
        self.cell(0, 5, str(self.page_no()), align="C")


def _sheets() -> AbstractContextManager[FPDF]:
    page = _Paper(format="A4")
    page.set_margins(SIDE, SIDE, SIDE)
    page.set_auto_page_break(True, SIDE)
    return lettered(page)


def _words(
    page: FPDF,
    words: str,
    size: float,
    *,
    style: str = "",
    colour: tuple[int, int, int] = INK,
    above: float = 0,
) -> None:
    page.set_font("serif", style, size)
    page.set_text_color(*colour)
    page.set_y(page.get_y() + above)
    page.multi_cell(0, size * LINE, words, align="L", new_x="LMARGIN", new_y="NEXT")


def _section(page: FPDF, section: Section) -> None:
    if page.get_y() > page.h - 3 * SIDE:
        page.add_page()
    _words(page, section.title, 15, style="B", above=6)
    if section.lines:
        page.ln(1)
        _lines(page, section.lines)
    for sentence in section.sentences:
        _words(page, sentence.text, 11, above=2)
        _words(page, sentence.rests, 9.5, style="I", colour=MUTED)
    for lack in section.lacks:
        _words(page, lack.what, 11, style="B", above=2)
        _words(page, lack.takes, 11)
    for words in section.words:
        _words(page, words, 10.5, colour=MUTED, above=2)


def _lines(page: FPDF, lines: Sequence[Line]) -> None:
    rows = [
        (
            line.label,
            f"{line.number} {line.unit}".strip() if line.number != "–" else "–",
            ", ".join(filter(None, (basis_word(line.basis), line.note))),
        )
        for line in lines
    ]
    head = (_("What"), _("Figure"), _("How we know it"))
    _table(page, Table(head, rows), widths=(66, 44, 60))


def _table(page: FPDF, table: Table, widths: Sequence[int] = ()) -> None:
    page.set_font("serif", "", 10)
    page.set_text_color(*INK)
    page.set_draw_color(*COLOURS["faint"])
    page.set_fill_color(255)
    page.set_line_width(0.2)
    shape = tuple(widths) or None
    head = FontFace(emphasis="BOLD", color=MUTED, size_pt=9.5)
    with page.table(
        borders_layout="HORIZONTAL_LINES",
        headings_style=head,
        col_widths=shape,
        line_height=5,
        text_align="LEFT",
        padding=0.8,
    ) as drawn:
        for row in (table.head, *table.rows):
            drawn.row(list(row))


def _plot(page: FPDF, plot: Plot, accent: str) -> None:
    """The drawing over the width of the page; its words are its own, then its table."""
    scale = (page.w - 2 * SIDE) / plot.width
    left, top = float(SIDE), page.get_y()
    colours = {**COLOURS, "accent": _rgb(accent)}
    for shape in plot.shapes:
        colour = colours[shape.ink]
        if isinstance(shape, Stroke):
            page.set_draw_color(*colour)
            page.set_line_width(shape.width * scale)
            if shape.dashed:
                page.set_dash_pattern(10 * scale, 8 * scale)
            page.polyline(
                [(left + x * scale, top + y * scale) for x, y in shape.points]
            )
            page.set_dash_pattern()
        elif isinstance(shape, Dot):
            page.set_fill_color(*colour)
            x, y = left + shape.x * scale, top + shape.y * scale
            page.circle(x, y, shape.r * scale, style="F")
        else:
            page.set_font("serif", "", shape.size * scale / POINT)
            page.set_text_color(*colour)
            wide = page.get_string_width(shape.words)
            back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            page.text(left + shape.x * scale - back, top + shape.y * scale, shape.words)
    page.set_y(top + plot.height * scale + 4)
    _table(page, plot.table)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
