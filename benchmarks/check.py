"""How long the check takes beside each pattern searched apart.

    python -m benchmarks.check

Texts of 3,000 characters of the examples' sentences, a tenth of them with a finding;
30 topics, 20 guidelines, 5 quiet periods. Every text is a new one, as after a pause of
typing. Prints Markdown for docs/check.md.
"""

import random
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import regex
from django.conf import settings

from pesue.guidance.check import (
    Draft,
    Known,
    Limits,
    Quiet,
    Rule,
    Subject,
    check,
    line_of,
)
from pesue.guidance.check.reading import lexicon

EXAMPLES = Path(__file__).parent.parent / "tests" / "guidance" / "examples"
LENGTH, ASKED = 3000, 400


def sentences(language: str, key: str = "") -> list[str]:
    """Those of the examples, or those in which a key is found ("-": nothing)."""
    lines = (EXAMPLES / f"{language}.txt").read_text("utf-8").splitlines()
    parts = [line.partition(" | ") for line in lines if not line.startswith("#")]
    return [words for found, _sep, words in parts if not key or found == key]


def texts(language: str, chance: random.Random) -> list[str]:
    """One sentence in ten holds something to find, and every fifth word is new."""
    plain, known, made = sentences(language, "-"), sentences(language), []
    for _n in range(ASKED):
        some = chance.choices(plain, k=108) + chance.choices(known, k=12)
        words = " ".join(chance.sample(some, k=120)).split()
        for at in range(0, len(words), 5):
            words[at] = "".join(chance.choices("aeioukstnlmrpvhjdyäö", k=8))
        made.append(" ".join(words)[:LENGTH])
    return made


def house(language: str, chance: random.Random) -> Known:
    """Topics of the examples' words, guidelines and quiet periods."""
    words = [
        w for s in sentences(language) for w in s.split() if w.isalpha() and len(w) > 5
    ]

    def some(number: int) -> str:
        return " ".join(chance.choices(words, k=number))

    return Known(
        organisation="Saaristolautat",
        subjects=tuple(Subject(n, some(2), some(12), "Olga") for n in range(30)),
        rules=tuple(Rule(some(10), some(10), some(8)) for _ in range(20)),
        quiets=tuple(
            Quiet(
                *(some(2), "", date(2026, 3, n + 1), n == 0, frozenset({n}), n == 1),
                forward=n % 2 == 0,
                words=(some(1), some(2)),
                ask="Olga",
            )
            for n in range(5)
        ),
    )


def naive(language: str) -> Callable[[str], object]:
    """Each entry of the same word lists as a pattern of its own, searched apart."""
    escaped = map(regex.escape, lexicon(language).entries())
    endings = (entry.replace(r"\*", r"\w*") for entry in escaped)
    patterns = [regex.compile(rf"\b{entry}\b", regex.I) for entry in endings]
    return lambda text: [pattern.search(text) for pattern in patterns]


def checked(known: Known, language: str, text: str) -> object:
    line = line_of("employee", language, known.organisation)
    draft = Draft(text, line, language, "employee", pictured=True)
    return check(draft, Limits("LinkedIn", fold=210), known)


def timed(look: Callable[[str], object], some: list[str]) -> tuple[float, float]:
    """p50 and p99 in milliseconds of processor: others' work is not counted."""
    took = []
    for text in some:
        began = time.thread_time()
        look(text)
        took.append(1000 * (time.thread_time() - began))
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.99)]


def main() -> None:
    settings.configure(USE_I18N=False)
    print("| Language | check p50 | check p99 | patterns apart p50 | p99 |")
    print("|---|--:|--:|--:|--:|")
    for language in ("fi", "sv", "en"):
        chance = random.Random(language)
        some = texts(language, chance)
        look = partial(checked, house(language, chance), language)
        look(some[0])  # the lists are read
        ours = timed(look, some[1:])
        apart = timed(naive(language), some[1:])
        figures = " | ".join(f"{one:.1f} ms" for one in (*ours, *apart))
        print(f"| {language} | {figures} |")


if __name__ == "__main__":
    main()
