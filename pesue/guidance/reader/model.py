"""What was learned from examples: a linear model over cues, words and their parts.

Multinomial logistic regression (McCullagh and Nelder 1989, ch. 5), one for each
language; trained by `python -m benchmarks.reader.train`. Here it is only applied.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import snowballstemmer

from pesue.guidance.reader import cues
from pesue.guidance.reader.tokens import tokens

LABELS = ("do", "dont", "neutral", "value", "overbroad")
STEMMERS = {"en": "english", "fi": "finnish", "sv": "swedish"}
HALF = 0.5  # what a word counts, where a cue counts 1
WEIGHTS = Path(__file__).parent / "weights"


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    found: str = _stemmer(language).stemWord(word)
    return found


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    """The pieces of a word, its ends marked: endings carry the grammar of Finnish."""
    whole = f"<{word}>"
    return tuple(
        whole[at : at + size]
        for size in (3, 4, 5)
        for at in range(len(whole) - size + 1)
    )


def features(sentence: str, language: str) -> dict[str, float]:
    """What the model looks at, and how much of it there is."""
    found = dict.fromkeys(_words(sentence, language), HALF)
    found.update(dict.fromkeys(cues.features(sentence, language), 1.0))
    return found


def _words(sentence: str, language: str) -> Iterator[str]:
    words = tokens(sentence)
    framed = ["^", *words, "$"]
    yield from (f"u={word}" for word in words)
    yield from (f"b={a} {b}" for a, b in pairwise(framed))
    yield from (
        f"t={a} {b} {c}"
        for a, b, c in zip(framed, framed[1:], framed[2:], strict=False)
    )
    stems = [stem(word, language) for word in words]
    yield from (f"m={word}" for word in stems)
    yield from (f"mb={a} {b}" for a, b in pairwise(stems))
    for word in words:
        yield from (f"c={part}" for part in _parts(word))
        yield f"s={word[-3:]}"
    if words:
        yield f"f={words[0]}"
        yield f"fs={words[0][-3:]}"
        yield f"ls={words[-1][-3:]}"
    end = sentence.rstrip()[-1:]
    yield f"end={end if end in '.?!:' else ''}"
    yield f"low={sentence[:1].islower()}"
    yield f"len={min(len(words) // 4, 6)}"


@cache
def weights(language: str) -> dict[str, list[int]]:
    """By feature, a hundred times what it weighs for each of LABELS."""
    path = WEIGHTS / f"{language}.json"
    found: dict[str, list[int]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def scores(sentence: str, language: str) -> dict[str, float]:
    """By label, how much speaks for it; the largest is the model's word."""
    known = weights(language)
    total = [float(number) for number in known[""]]
    for name, amount in features(sentence, language).items():
        if name in known:
            for at, number in enumerate(known[name]):
                total[at] += amount * number
    return {label: total[at] / 100 for at, label in enumerate(LABELS)}
