"""Quiet periods as the check sees them, and what they touch."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from pesue.guidance.check.reading import Sentence, Text, tokens_of


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
    text = Text(words, language)
    found = [
        (marked and quiet.locks, quiet.ends, quiet)
        for quiet in quiets
        if (marked := quiet.marks(topics, finance=finance)) or quoted(quiet, text)
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def quoted(quiet: Quiet, text: Text) -> str:
    """The words of a text that a period touches; empty if none do."""
    if not (quiet.forward or quiet.words):
        return ""
    for sentence in text.told:
        ahead = looks_ahead(sentence) if quiet.forward else ""
        named = ahead or _named(quiet.words, sentence)
        if named:
            return named
    return ""


def looks_ahead(sentence: Sentence) -> str:
    """The words that speak of finances to come, or of finances as such.

    A word that looks ahead ("will", "odotamme") says nothing alone: a word for the
    company's money must stand in the same sentence.
    """
    if sentence.has("finance"):
        return sentence.quote("finance")
    if sentence.has("ahead") and sentence.has("money"):
        return sentence.quote("money")
    return ""


def _named(wanted: tuple[str, ...], sentence: Sentence) -> str:
    """One of the words of the period: whole, or with an ending where it is long."""
    for words in wanted:
        parts = [token.low for token in tokens_of(words)]
        for at in range(len(sentence.tokens) - len(parts) + 1 if parts else 0):
            here = sentence.tokens[at : at + len(parts)]
            if all(_bears(t.low, part) for t, part in zip(here, parts, strict=True)):
                return " ".join(token.text for token in here)
    return ""


ENDING = 5  # letters that an inflected word may have more


def _bears(word: str, wanted: str) -> bool:
    if len(wanted) < 5:
        return word == wanted
    return word.startswith(wanted) and len(word) <= len(wanted) + ENDING
