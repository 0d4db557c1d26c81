"""PDFs as printed from a word processor: frames, columns, lists, tables, notes."""

import re
import textwrap
from importlib.resources import files
from pathlib import Path

from fpdf import FPDF

from tests.guidance.documents.said import Said

FOLDER = Path(str(files("font_source_serif_pro") / "files"))
# What stands between the parts, to fill pages: sentences of no meaning but their own.
FILLER = {
    "en": "Number {} of our stories tells how {} of North Quay spent a day {}, from "
    "the first {} to the last crate.",
    "fi": "Tarina numero {} kertoo, miten Pohjoisrannan {} vietti päivän {}, kun "
    "tarjolla oli {} ja koko satama odotti viimeistä laatikkoa.",
    "sv": "Berättelse nummer {} handlar om hur {} vid Norra Kajen tog sig genom en dag "
    "{}, från den första {} till den sista lådan.",
}
NAMES = ["Liisa Virtanen", "Aino", "Matti Meikäläinen", "Ville af Hällström", "Bo Ek"]
PLACES = {
    "en": [
        "at sea",
        "in the rain",
        "by the crane",
        "among friends",
        "off duty",
        "alone",
    ],
    "fi": [
        "merellä",
        "sateessa",
        "nosturilla",
        "ystävien seurassa",
        "vapaalla",
        "yksin",
    ],
    "sv": ["till sjöss", "i regn", "bland vänner", "ensam"],
}
THINGS = {
    "en": ["coffee", "song", "cinnamon bun", "email", "ship", "truck"],
    "fi": [
        "kahvia",
        "laulua",
        "korvapuusteja",
        "postia",
        "kalaa",
        "hernekeittoa",
        "iloa",
    ],
    "sv": [
        "kaffekoppen",
        "sången",
        "bullen",
        "brevlådan",
        "båten",
        "lastbilen",
        "dagen",
    ],
}


class Paper(FPDF):
    """Pages with a running head, a rule, a foot and a number."""

    def __init__(self, said: Said, size: float = 11, framed: bool = True) -> None:
        super().__init__()
        self.said, self.size, self.framed = said, size, framed
        self.add_font("serif", "", FOLDER / "SourceSerifPro-Regular.ttf")
        self.add_font("serif", "B", FOLDER / "SourceSerifPro-Bold.ttf")
        self.set_auto_page_break(True, 30)
        self.add_page()
        self.text_is()

    def text_is(self, size: float = 0) -> None:
        self.set_font("serif", size=size or self.size)

    def header(self) -> None:
        if self.framed:
            self.set_font("serif", size=9)
            self.cell(0, 5, self.said.furniture[0], align="L")
            self.set_x(self.l_margin)
            self.cell(0, 5, self.said.furniture[1], align="R")
            self.ln(15)

    def footer(self) -> None:
        if self.framed:
            self.set_y(-15)
            self.set_font("serif", size=9)
            number = {"en": "Page", "fi": "Sivu", "sv": "Sida"}[self.said.language]
            self.cell(0, 5, f"{number} {self.page_no()} ({{nb}})", align="C")

    def head(self, text: str, size: float = 16) -> None:
        self.text_is(size)
        self.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)
        self.text_is()

    def say(self, text: str, align: str = "L", width: float = 0) -> None:
        self.multi_cell(width, 5.5, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def item(self, mark: str, text: str) -> None:
        """The mark by itself, the text hanging."""
        self.cell(8, 5.5, mark)
        self.multi_cell(0, 5.5, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def rows(self) -> None:
        with self.table(first_row_as_headings=True) as table:
            for row in [self.said.head, *self.said.rows]:
                table.row(row)
        self.ln(4)

    def note(self) -> None:
        """At the foot of the page, smaller, with its number raised."""
        self.set_y(-26)
        self.set_font("serif", size=6)
        self.cell(2.5, 3, "1")
        self.set_font("serif", size=8)
        self.multi_cell(0, 4, self.said.note, align="L")

    def raised(self, mark: str) -> None:
        self.char_vpos = "SUP"
        self.write(5.5, mark)
        self.char_vpos = "LINE"


def filler(said: Said, first: int, last: int) -> list[str]:
    places, things = PLACES[said.language], THINGS[said.language]
    return [
        FILLER[said.language].format(n, NAMES[n % 5], places[n % 4], things[n % 6])
        for n in range(first, last)
    ]


def as_set(text: str) -> str:
    """Letters that a setter draws as one."""
    return text.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")


def printed(said: Said) -> tuple[bytes, list[str]]:
    """Three pages with heads and feet; what they say."""
    pdf = Paper(said)
    before, between = filler(said, 1, 25), filler(said, 25, 60)
    pdf.head(as_set(said.title))
    first, second = said.aim
    pdf.write(5.5, as_set(first))
    pdf.raised("1")
    pdf.write(5.5, " " + as_set(second))
    pdf.ln(9)
    pdf.say(" ".join(before), align="J")
    pdf.say(said.lead)
    for one in said.banned:
        pdf.item("\u2022", as_set(one))
    pdf.ln(3)
    pdf.set_auto_page_break(False)
    pdf.note()
    pdf.set_auto_page_break(True, 30)
    pdf.add_page()
    pdf.head(said.steps_title, 13)
    for n, one in enumerate(said.steps, 1):
        pdf.item(f"{n}.", as_set(one))
    pdf.ln(3)
    pdf.rows()
    pdf.say(" ".join(between))
    pdf.say(" ".join(said.end))
    expected = said.sentences
    at = expected.index(said.lead)
    end = expected.index(said.end[0])
    return bytes(pdf.output()), [
        *(*expected[:at], *before, *expected[at:end]),
        *(*between, *expected[end:], said.note),
    ]


def in_columns(said: Said) -> tuple[bytes, list[str]]:
    """Two columns to a page, words parted at the ends of lines."""
    pdf = Paper(said, size=10)
    stories = filler(said, 1, 150)
    soft = re.sub(
        r"([a-z\u00e4\u00f6]{4})(?=[a-z\u00e4\u00f6]{4})",
        "\\1\u00ad",
        " ".join(stories),
    )
    with pdf.text_columns(ncols=2, gutter=10, text_align="L") as columns:
        columns.write(" ".join(said.aim) + "\n\n" + soft + "\n\n" + " ".join(said.end))
    return bytes(pdf.output()), [*said.aim, *stories, *said.end]


def drawn_across(said: Said) -> tuple[bytes, list[str]]:
    """Two columns whose lines are drawn from left to right over both."""
    pdf = Paper(said, size=10, framed=False)
    stories = filler(said, 1, 13)
    half = [
        textwrap.wrap(" ".join(one), 48)
        for one in ([*said.aim, *stories[:6]], [*stories[6:], *said.end])
    ]
    pdf.head(said.title)
    for left, right in zip(*half, strict=False):
        pdf.cell(90, 5, left)
        pdf.cell(90, 5, right, new_x="LMARGIN", new_y="NEXT")
    longer = max(half, key=len)[min(map(len, half)) :]
    for line in longer:
        pdf.set_x(pdf.l_margin + (0 if longer[-1] == half[0][-1] else 90))
        pdf.cell(90, 5, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output()), [said.title, *said.aim, *stories, *said.end]


def plain(said: Said) -> tuple[bytes, list[str]]:
    """One page as a browser prints it: no frame, bullets of another font."""
    pdf = Paper(said, framed=False)
    pdf.head(said.title)
    pdf.say(" ".join(said.aim), align="J")
    pdf.say(said.lead)
    for one in said.banned:
        pdf.item("o", one)
    pdf.ln(3)
    pdf.head(said.steps_title, 13)
    for n, one in enumerate(said.steps, 1):
        pdf.item(f"1.{n}", one)
    pdf.ln(3)
    pdf.rows()
    pdf.say(" ".join(said.end))
    return bytes(pdf.output()), said.sentences
