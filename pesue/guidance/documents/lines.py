"""What each reader gives: lines, headings marked "# " and items of lists "- "."""

import re

MARK = re.compile(r"^(?:[-#] )+")
Cell = list[str]
BEGINS = re.compile(  # an item, heading or quote in a text without marks of ours
    r"\s*(?:[-*\u2022\u2023\u25e6\u00b7\u2013\u2014>|]|#{1,6}|"
    r"\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|\(?[a-z\u00e5\u00e4\u00f6][.)])\s"
)


def marked(said: str, mark: str = "") -> list[str]:
    """The lines of one block, whose forced breaks are line ends.

    A break inside a sentence is only for the looks. What follows a line that ends in a
    colon hangs on it.
    """
    if mark == "# ":
        return [mark + text] if (text := " ".join(said.split())) else []
    found: list[str] = []
    hangs = False
    for line in said.split("\n"):
        text = re.sub(r" ?\t[\t ]*", "\t", re.sub(r"[^\S\t]+", " ", line)).strip()
        if not text:
            continue
        if found and not hangs and text[0].islower() and found[-1][-1] not in ".!?;":
            found[-1] += " " + text
        else:
            found.append((mark or ("- " if hangs else "")) + text)
        hangs = hangs or text.endswith(":")
    return found


def is_marked(line: str) -> bool:
    return BEGINS.match(line) is not None


def of_table(rows: list[list[Cell]]) -> list[str]:
    """A line a row; where cells hold several lines, each of these.

    Lists side by side under headings ("Do", "Don't") are read one after the other.
    """
    rows = [row for row in rows if any(row)]
    if all(len(cell) < 2 for row in rows for cell in row):
        return [" | ".join(_bare(cell[0]) for cell in row if cell) for row in rows]
    head, *body = rows
    headed = len(head) > 1 and all(len(cell) < 2 for cell in head)
    if not body or not headed or any(len(row) != len(head) for row in body):
        return [line for row in rows for cell in row for line in cell]
    found = []
    for at, cell in enumerate(head):
        found += [f"# {_bare(line)}" for line in cell]
        found += [f"- {_bare(line)}" for row in body for line in row[at]]
    return found


def _bare(line: str) -> str:
    return MARK.sub("", line)
