"""What was learned from examples: a linear model over cues, words and their parts.

Multinomial logistic regression (McCullagh and Nelder 1989, ch. 5), one for each
language; trained by `python -m benchmarks.reader.train`. Here it is only applied.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from pesue.foundation.stems import stem
from pesue.guidance.reader import cues, grammar
from pesue.guidance.reader.tokens import tokens

LABELS = ("do", "dont", "neutral", "value", "overbroad")
HALF = 0.5  # what a word counts, where a cue counts 1
HEAVY = 2.0  # and what grammar counts
WEIGHTS = Path(__file__).parent / "weights"


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    """The pieces of a word, its ends marked: endings carry the grammar of Finnish."""
    whole = f"<{word}>"
    return tuple(
        whole[at : at + size]
        for size in (3, 4, 5)
        for at in range(len(whole) - size + 1)
    )


def features(sentence: str, language: str) -> Counter[str]:
    """What the model looks at, and how much of it there is."""
    found: Counter[str] = Counter()
    for amount, names, of in _groups(sentence, language):
        for name in names(*of):
            found[name] += amount  # type: ignore[assignment]
    return found


def _groups(
    sentence: str, language: str
) -> Iterator[tuple[float, Callable[..., tuple[str, ...]], tuple[str, ...]]]:
    """How much each group of features counts, what names them, and of what."""
    words = tokens(sentence)
    verdicts = frozenset(grammar.verdicts(words, language))
    for name in cues.features(words, language, verdicts):
        yield HEAVY if name[:2] in {"g=", "x="} else 1.0, _itself, (name,)
    for word in set(words):
        yield HALF, _of_word, (word, language)
    for pair in set(pairwise(["^", *words, "$"])):
        yield HALF, _of_pair, (*pair, language)
    for name in _of_form(sentence, words):
        yield HALF, _itself, (name,)


def _itself(name: str) -> tuple[str, ...]:
    return (name,)


def _of_word(word: str, language: str) -> tuple[str, ...]:
    parts = (f"c={part}" for part in _parts(word))
    return (f"u={word}", f"m={stem(word, language)}", f"s={word[-3:]}", *parts)


def _of_pair(a: str, b: str, language: str) -> tuple[str, ...]:
    return f"b={a} {b}", f"mb={stem(a, language)} {stem(b, language)}"


def _of_form(sentence: str, words: list[str]) -> Iterator[str]:
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


@lru_cache(maxsize=200_000)
def _sum(
    language: str, names: Callable[..., tuple[str, ...]], *of: str
) -> tuple[int, ...]:
    """What a group weighs in all: the same words come again and again."""
    known = weights(language)
    found = [known[name] for name in names(*of) if name in known]
    return tuple(map(sum, zip(*found, strict=True))) if found else ()


def scores(sentence: str, language: str) -> dict[str, float]:
    """By label, how much speaks for it; the largest is the model's word."""
    total = [float(number) for number in weights(language)[""]]
    for amount, names, of in _groups(sentence, language):
        for at, number in enumerate(_sum(language, names, *of)):
            total[at] += amount * number
    return {label: total[at] / 100 for at, label in enumerate(LABELS)}
