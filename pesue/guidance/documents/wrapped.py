"""Plain texts whose lines were broken at a width: their paragraphs whole again."""

import re
from itertools import pairwise

from pesue.guidance.documents.lines import is_marked

NARROWEST, WIDEST = 50, 120
MOST = 5000  # line ends that are looked at
ENOUGH = 0.6  # of the line ends that may be of a width


def unwrapped(text: str) -> str:
    """A line ends only where its writer meant it to."""
    lines = text.split("\n")
    width = _width(lines)
    found: list[str] = []
    hang = -1  # how deep the item stands that we are in
    for before, line in zip(["", *lines], lines, strict=False):
        marked = is_marked(line)
        hangs = 0 <= hang < _depth(line) and "\t" not in line.strip()
        if (
            not marked
            and _is_text(before, line)
            and (hangs or _fits(before, line, width))
        ):
            found[-1] += " " + line.strip()
            continue
        found.append(line.rstrip())
        hang = _depth(line) if marked else -1
    return "\n".join(found)


def _width(lines: list[str]) -> int:
    """The width that explains most line ends; 0 where they were not broken at one."""
    pairs = [
        (len(before.rstrip()), len(line.split()[0]))
        for before, line in pairwise(lines)
        if _is_text(before, line) and not is_marked(line)
        if not before.rstrip().endswith(":")
    ]
    pairs = pairs[:MOST]
    told = {
        width: sum(long <= width < long + 1 + word for long, word in pairs)
        for width in range(NARROWEST, WIDEST)
    }
    best = max(told, key=lambda width: told[width])
    return best if told[best] > max(1, ENOUGH * len(pairs)) else 0


def _fits(before: str, line: str, width: int) -> bool:
    """Whether the next word would not have fitted in the line before."""
    return width > 0 and len(before.rstrip()) + 1 + len(line.split()[0]) > width


def _is_text(*lines: str) -> bool:
    return all(re.search(r"\w", line) and "\t" not in line.strip() for line in lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
