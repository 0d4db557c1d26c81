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
from pesue.guidance.reader.laws import law_in as law_in
from pesue.guidance.reader.model import scores
from pesue.guidance.reader.owners import Owner as Owner
from pesue.guidance.reader.owners import whom
from pesue.guidance.reader.proposals import linked as linked
from pesue.guidance.reader.score import Score as Score
from pesue.guidance.reader.score import score
from pesue.guidance.reader.sentences import Span, spans
from pesue.guidance.reader.tokens import tokens

DOUBT = 1.0  # what a sentence's score must be ahead by
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
    enables: bool  # it lets or bids one tell, and asks nothing first
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
    enabling = sum(one.enables for one in rules)
    return Reading(
        found, whole, score([one.text for one in found], len(rules), enabling)
    )


def _sentence(span: Span, whole: str) -> Sentence:
    language = language_in(span.text, whole)
    above = _above(span.lead, language)
    hangs = above in {"do", "dont"}
    said = f"{span.lead} {span.text}" if hangs else span.text
    label = "neutral" if span.heading else label_of(said, language)
    # Of one or two words nobody can tell that they go too far.
    if hangs and (label != "overbroad" or len(span.text.split()) < 3):
        label = _hanging(above, span.text, language)
    words = tokens(said)
    cues = cues_of(language).of(words)
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
        enables=label == "do" and _enables(words, cues, language, named),
        instead=_instead(said, language, label, law, named),
    )


def _enables(
    words: list[str], cues: set[str], language: str, named: tuple[Owner, ...]
) -> bool:
    if "ask" in cues and named:
        return False
    lets = "permit" in cues and not cues & {"ask", "oblige"}
    return lets or cues_of(language).invites(words)


def _above(lead: str, language: str) -> str:
    """What a line does that items hang on, be it only the word "Do"."""
    if not lead:
        return ""
    bare = lead.casefold().strip(" .!:–-")
    return cues_of(language).over.get(bare) or label_of(lead, language)


def _hanging(above: str, item: str, language: str) -> str:
    """An item says what the line does that it hangs on; under "do" it may forbid."""
    forbids = cues_of(language).of(tokens(item)) & {"forbid", "strong"}
    return "dont" if above == "dont" or forbids else "do"


@lru_cache(maxsize=1000)
def label_of(sentence: str, language: str) -> str:
    """What one sentence does, alone."""
    found = scores(sentence, language)
    # Over-broad is what would catch such talk: without a word of it there is a doubt.
    if not cues_of(language).of(tokens(sentence)) & TOO_FAR:
        found["overbroad"] -= DOUBT
    return max(found, key=lambda name: found[name])


def _instead(
    said: str, language: str, label: str, law: str, named: tuple[Owner, ...]
) -> str:
    if label == "overbroad":
        return proposals.too_far(law, language)
    return proposals.instead(said, language, named) if label == "dont" else ""
