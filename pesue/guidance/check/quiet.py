"""Quiet periods as the check sees them, and what they touch."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pesue.guidance.check.reading import Text


@dataclass(frozen=True)
class Quiet:
    """Days in which some things are not told, for the person who writes."""

    name: str
    why: str
    ends: date  # the last quiet day
    locks: bool  # nothing that it touches goes out; else it is only said
    topics: frozenset[int]  # ids of topics it touches
    finance: bool  # touches what is marked as finances or outlook
    forward: bool  # touches words that look ahead
    words: tuple[str, ...]  # other words it touches
    ask: str  # the name of whom to ask; empty: nobody

    def marks(self, topics: Set[int], *, finance: bool) -> bool:
        """Whether it touches what is told of these topics, whatever the words."""
        return bool(self.topics & topics) or (self.finance and finance)


def touching(
    quiets: Iterable[Quiet],
    *,
    topics: Set[int],
    finance: bool,
    words: str,
    language: str,
) -> Quiet | None:
    """The period that touches what is told: locks first, then what ends last.

    A lock is one by topic or mark; words are only spoken of. So whoever asks what
    locks gives no words.
    """
    return touching_text(quiets, Text.of(words, language), topics, finance=finance)


def touching_text(
    quiets: Iterable[Quiet], text: Text, topics: Set[int], *, finance: bool
) -> Quiet | None:
    """As `touching`, of a text that has been read."""
    found = [
        (marked and quiet.locks, quiet.ends, quiet)
        for quiet in quiets
        if (marked := quiet.marks(topics, finance=finance)) or quoted(quiet, text)
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def quoted(quiet: Quiet, text: Text) -> str:
    """The words of a text that a period touches; empty if none do."""
    ahead = looks_ahead(text) if quiet.forward else ""
    return ahead or _named(quiet.words, text)


def looks_ahead(text: Text) -> str:
    """The words that speak of finances to come, or of finances as such.

    A word that looks ahead ("will", "odotamme") says nothing alone: a word for the
    company's money must stand in the same sentence.
    """
    for sentence in text.having("finance"):
        return sentence.quote("finance")
    both = (s for s in text.having("money") if s.has("ahead"))
    return next((sentence.quote("money") for sentence in both), "")


def _named(words: tuple[str, ...], text: Text) -> str:
    """One of the words of the period: whole, or with an ending where it is long."""
    pattern = _pattern(words)
    if not words or not pattern.search(text.words):
        return ""
    found = (pattern.search(sentence.text) for sentence in text.told)
    return next((one[0] for one in found if one), "")


ENDING = 5  # letters that an inflected word may have more


@lru_cache(500)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (
        re.escape(word) + (rf"\w{{0,{ENDING}}}" if len(word) >= 5 else "")
        for word in words
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
