"""What stands otherwise in one wording than in another, line by line. No Django."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Change:
    kind: Literal["same", "gone", "new"]
    text: str


NEAR = 1  # unchanged lines shown around a change


def changes(old: str, new: str) -> list[Change]:
    """The lines that differ, with a few around them; empty where nothing does."""
    before, after = old.strip().splitlines(), new.strip().splitlines()
    found: list[Change] = []
    for group in SequenceMatcher(None, before, after).get_grouped_opcodes(NEAR):
        for tag, i, j, k, m in group:
            if tag == "equal":
                found += [Change("same", line) for line in before[i:j]]
                continue
            found += [Change("gone", line) for line in before[i:j]]
            found += [Change("new", line) for line in after[k:m]]
    return found
