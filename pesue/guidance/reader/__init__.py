"""Reads a guideline of before: what a sentence does, whom it names, what could stand.

Pure: text in, marked sentences out. `docs/reader.md` says what the labels mean and how
well they are found.
"""

from dataclasses import dataclass
from functools import lru_cache

from pesue.guidance.reader import proposals
from pesue.guidance.reader.cues import cues_of
from pesue.guidance.reader.language import language_in, language_of
from pesue.guidance.reader.laws import LAWS as LAWS
from pesue.guidance.reader.laws import Law as Law
from pesue.guidance.reader.laws import law_against
from pesue.guidance.reader.model import scores
from pesue.guidance.reader.owners import Owner as Owner
from pesue.guidance.reader.owners import whom
from pesue.guidance.reader.proposals import linked as linked
from pesue.guidance.reader.score import Score as Score
from pesue.guidance.reader.score import score
from pesue.guidance.reader.sentences import Span, spans
from pesue.guidance.reader.tokens import tokens

TOO_FAR = {"pay", "conditions", "critique", "repute", "positive", "everything"}


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands at text[start:end], its white space folded."""

    text: str
    language: str  # "en", "fi" or "sv"
    label: str  # "do", "dont", "neutral", "value" or "overbroad"
    owners: tuple[Owner, ...]  # whom to ask
    start: int
    end: int
    law: str  # key of LAWS, where it is over-broad
    permits: bool  # it lets one act, rather than obliges
    instead: str  # proposed in place of what it forbids


@dataclass(frozen=True)
class Reading:
    sentences: tuple[Sentence, ...]
    language: str  # of the whole
    score: Score


def read(text: str, language: str | None = None) -> Reading:
    """Every sentence of `text`, in order. `language` is found where it is not given."""
    whole = language or language_of(text)
    found = tuple(_sentence(span, whole) for span in spans(text))
    rules = [one for one in found if one.label in {"do", "dont", "overbroad"}]
    allowed = sum(one.permits for one in rules)
    return Reading(
        found, whole, score([one.text for one in found], len(rules), allowed)
    )


def _sentence(span: Span, whole: str) -> Sentence:
    language = language_in(span.text, whole)
    # An item of a list says what it says after the line it hangs on.
    hangs = span.lead and label_of(span.lead, language) in {"do", "dont"}
    said = f"{span.lead} {span.text}" if hangs else span.text
    label = "neutral" if span.heading else label_of(said, language)
    cues = cues_of(language).of(tokens(said))
    named = whom(span.text, language, described=label in {"neutral", "value"})
    law = law_against(cues) if label == "overbroad" else ""
    return Sentence(
        text=span.text,
        language=language,
        label=label,
        owners=named,
        start=span.start,
        end=span.end,
        law=law,
        permits=label == "do" and "permit" in cues and not cues & {"ask", "oblige"},
        instead=_instead(said, language, label, law, named),
    )


@lru_cache(maxsize=1000)
def label_of(sentence: str, language: str) -> str:
    """What one sentence does, alone."""
    found = scores(sentence, language)
    # Over-broad is what would catch such talk, and only that.
    if not cues_of(language).of(tokens(sentence)) & TOO_FAR:
        found["overbroad"] = float("-inf")
    return max(found, key=lambda name: found[name])


def _instead(
    said: str, language: str, label: str, law: str, named: tuple[Owner, ...]
) -> str:
    if label == "overbroad":
        return proposals.too_far(law, language)
    return proposals.instead(said, language, named) if label == "dont" else ""
