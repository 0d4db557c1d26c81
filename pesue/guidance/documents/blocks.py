"""Lines from the opening and closing of marks, as a browser would set them."""

import re
from dataclasses import dataclass, field

from pesue.guidance.documents.lines import Cell, marked, of_table

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CELLS = {"td", "th"}
BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "li"),
    *("ul", "ol", "dl", "dt", "dd", "tr", "table", "blockquote", "pre", "figure"),
    *("figcaption", "hr", "body", "details", "summary", "thead", "tbody", "tfoot"),
    *("caption", "address", "center", "fieldset", "legend", "form", "menu", "title"),
    *("label", "option", "button"),
    *HEADINGS,
    *CELLS,
}


@dataclass
class Table:
    before: list[str]  # the lines it stands among
    around: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # in no cell: what it is called


class Blocks:
    """Told of every mark and text in order; gives the lines at the end."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._inside: list[str] = []  # the headings, items and such around us
        self._tables: list[Table] = []

    def open(self, tag: str) -> None:
        if tag == "br":
            self._words.append("\n")
        if tag not in BLOCKS:
            return
        self._end_line()
        if tag in HEADINGS or tag in {"li", "pre"}:
            self._inside.append(tag)
        elif tag == "table":
            table = Table(self._lines, self._inside)
            self._tables.append(table)
            self._lines, self._inside = table.loose, []
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([])
        elif self._tables and tag in CELLS and self._tables[-1].rows:
            self._lines = []
            self._tables[-1].rows[-1].append(self._lines)

    def close(self, tag: str) -> None:
        if tag not in BLOCKS:
            return
        self._end_line()
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        elif self._tables and tag in CELLS:
            self._lines = self._tables[-1].loose
        elif self._tables and tag == "table":
            table = self._tables.pop()
            self._lines, self._inside = table.before, table.around
            self._lines += table.loose + of_table(table.rows)

    def say(self, text: str) -> None:
        if "pre" not in self._inside:
            text = re.sub(r"\s+", " ", text)
        self._words.append(text)

    def done(self) -> list[str]:
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        said = "".join(self._words)
        self._words = []
        around = self._inside
        mark = "# " if HEADINGS & set(around) else "- " if "li" in around else ""
        self._lines += marked(said, mark)
