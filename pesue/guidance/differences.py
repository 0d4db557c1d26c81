"""Two versions of a text, word by word. Imports no Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s*\S+\s*")  # a word with the space around it
FEW = 0.35  # of the words the same: below it, the whole reads better than the pieces


@dataclass(frozen=True)
class Piece:
    text: str
    mark: Literal["", "out", "in"]


def difference(old: str, new: str) -> list[Piece]:
    """What was taken out and put in; where nearly all is new, the two whole."""
    if old == new:
        return [Piece(new, "")] if new else []
    before, after = WORDS.findall(old), WORDS.findall(new)
    # Spaces count for nothing: they alone make two sentences half alike.
    words = [word.strip() for word in before], [word.strip() for word in after]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if not old or not new or matcher.ratio() < FEW:
        both = [Piece(old, "out"), Piece(new, "in")]
        return [piece for piece in both if piece.text]
    pieces: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(after[c:d]), ""))
            continue
        if b > a:
            pieces.append(Piece("".join(before[a:b]), "out"))
        if d > c:
            pieces.append(Piece("".join(after[c:d]), "in"))
    return pieces


def by_lines(old: str, new: str) -> list[list[Piece]]:
    """The lines of a long text that differ, each with what was taken out and put in."""
    before, after = old.strip().splitlines(), new.strip().splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        difference("\n".join(before[a:b]), "\n".join(after[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]
