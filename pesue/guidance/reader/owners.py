"""Whom a sentence tells one to ask: teams, roles, mailboxes and channels.

Addresses and channels are found by their form; names by what was learned of the words
around them, from left to right (weights/owners-*.json).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pesue.guidance.reader.cues import cues_of
from pesue.guidance.reader.model import WEIGHTS

Kind = Literal["team", "role", "mailbox", "channel"]
TAGS = ("out", "begin", "in")
WORD = re.compile(
    r"[^\s<>(),;:]+@[^\s<>(),;:]+\w|(?<![\w&])#[\w-]*[^\W\d_][\w-]*|"
    r"\w+(?:['’.&/-]\w+)*|[^\w\s]"
)
ROLES = re.compile(
    r"(?:manager|officer|director|head|chief|lead|leader|lawyer|counsel|editor|secretary|"
    r"coordinator|adviser|advisor|supervisor|boss|dean|principal|vicar|spokesperson|"
    r"specialist|expert|owner|steward|representative|controller|"
    r"päälli\w+|johtaj\w+|vastaav\w+|esihenkilö\w*|esimie\w+|valtuutet\w+|juristi\w*|"
    r"sihteeri\w*|asiantuntij\w+|koordinaattori\w*|upseeri\w*|toimittaj\w+|rehtori\w*|"
    r"henkilö\w*|chef\w*|ansvarig\w*|ombud\w*|jurist\w*|rektor\w*|förman\w*|samordnare\w*|"
    r"sekreterare\w*|direktör\w*|sakkunnig\w*|expert\w*)$",
    re.IGNORECASE,
)
CHANNELS = re.compile(
    r"channel|form|line|hotline|chat|kanav|lomak|linja|puhelin|portaal|kanal|formulär|"
    r"telefon|jour",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Owner:
    kind: Kind
    name: str  # as it stands in the sentence, without an article


def whom(sentence: str, language: str) -> tuple[Owner, ...]:
    found = list(WORD.finditer(sentence))
    tags = _tags([word[0] for word in found], language)
    names: list[tuple[int, int]] = []
    for word, tag in zip(found, tags, strict=True):
        if tag == "in" and names:
            names[-1] = (names[-1][0], word.end())
        elif tag != "out":
            names.append(word.span())
    return tuple(_owner(sentence[a:b]) for a, b in names)


def _owner(name: str) -> Owner:
    if "@" in name:
        return Owner("mailbox", name)
    if name.startswith("#") or CHANNELS.search(name):
        return Owner("channel", name)
    role = any(ROLES.search(word) for word in name.split())
    return Owner("role" if role else "team", name)


def _tags(words: list[str], language: str) -> Iterator[str]:
    """ "begin" and "in" for the words of a name, one after another."""
    known = _weights(language)
    marks = context(words, language)
    before = "out"
    for at, word in enumerate(words):
        if _has_form(word):
            before = "begin"
        else:
            before = _best(list(features(words, marks, at, before)), known, before)
        yield before


def _has_form(word: str) -> bool:
    return "@" in word[1:] or (word.startswith("#") and len(word) > 2)


def _best(found: list[str], known: dict[str, list[int]], before: str) -> str:
    total = [float(number) for number in known[""]]
    for name in found:
        for at, number in enumerate(known.get(name, ())):
            total[at] += number
    order = sorted(range(len(TAGS)), key=lambda at: -total[at])
    best = TAGS[order[0]]
    if best == "in" and before == "out":  # nothing to go on with
        best = "begin"
    return best


@cache
def _weights(language: str) -> dict[str, list[int]]:
    path = WEIGHTS / f"owners-{language}.json"
    found: dict[str, list[int]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def context(words: Sequence[str], language: str) -> list[bool]:
    """For each word, whether it is one of asking."""
    cues = cues_of(language)
    low = [word.lower() for word in words]
    single = ["ask" in cues.of([word]) for word in low]
    pairs = ["ask" in cues.of(low[at : at + 2]) for at in range(len(low))]
    return [a or b for a, b in zip(single, pairs, strict=True)]


def features(
    words: Sequence[str], asks: Sequence[bool], at: int, before: str
) -> Iterator[str]:
    """What speaks for a word's being part of a name."""
    word = words[at]
    low = word.lower()
    yield f"tag={before}"
    yield f"w={low}"
    yield f"n={low[:-2]}"
    for size in (3, 4, 5, 6):
        yield f"e={low[-size:]}"
        yield f"b={low[:size]}"
        yield f"e{before}={low[-size:]}"
    shape = "A" if word.isupper() else "a" if word.islower() else "Aa"
    yield f"shape={shape}{at == 0}"
    yield f"shape={shape}{before}"
    for step in (-3, -2, -1, 1, 2):
        near = words[at + step].lower() if 0 <= at + step < len(words) else "|"
        yield f"{step}={near}"
        yield f"{step}e={near[-3:]}"
    previous = words[at - 1].lower() if at else "|"
    yield f"-1,0={previous} {low[-4:]}"
    yield f"-1,tag={previous} {before}"
    if ROLES.search(word):
        yield "role"
        yield f"role{before}"
    distance = min((at - i for i in range(at + 1) if asks[i]), default=99)
    yield f"asked={min(distance, 8)}"
    yield f"asked={min(distance, 8)}{low[-3:]}"
    yield f"asks={any(asks)}"
    later = min((i - at for i in range(at + 1, len(words)) if asks[i]), default=99)
    yield f"later={min(later, 6)}"
