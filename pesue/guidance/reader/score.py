"""How enabling a guideline is: an estimate by rules, for comparing two versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"\w+(?:['’-]\w+)*")
EASY, HARD = 30.0, 60.0  # LIX of a children's book, and of a statute
SHORT, LENGTHY = 300, 3000  # words that fit a page, and that nobody reads


@dataclass(frozen=True)
class Score:
    """`value` is 0 to 100: half of it the share of the rules that let or bid one tell,
    a quarter readability (100 at LIX 30, 0 at 60), a quarter length (100 up to 300
    words, 0 from 3,000). A text without rules gets nothing for the first half."""

    permissions: float  # share of the rules that let or bid one tell, 0..1
    readability: float  # LIX: words a sentence, and the share of words over 6 letters
    words: int
    value: float


def score(sentences: Sequence[str], rules: int, enabling: int) -> Score:
    """Of a text's sentences: how many of them are rules, and how many enable."""
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    share = enabling / rules if rules else 0.0
    lix = readability(len(words), len(sentences), sum(len(word) > 6 for word in words))
    easy = _between(lix, HARD, EASY)
    short = _between(len(words), LENGTHY, SHORT)
    return Score(share, lix, len(words), 50 * share + 25 * easy + 25 * short)


def readability(words: int, sentences: int, long: int) -> float:
    """LIX (Björnsson 1968): words a sentence plus per cent of long words."""
    return words / sentences + 100 * long / words if words and sentences else 0.0


def _between(number: float, worst: float, best: float) -> float:
    return min(1.0, max(0.0, (number - worst) / (best - worst)))
