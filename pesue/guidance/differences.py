"""Two versions of a text, word by word. Imports no Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|[^\s]+")
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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
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
