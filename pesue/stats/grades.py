"""How good the evidence behind a sentence is."""

from collections.abc import Iterable
from enum import IntEnum


class Grade(IntEnum):
    """Kinds of evidence; a larger one is better. Names, not numbers, are stored."""

    OPINION = 0  # somebody's, or nothing at all
    CORRELATION = 1  # what goes together where nobody decided by chance
    ANALOGOUS_TRIAL = 2  # a randomised trial of something alike, somewhere else
    POOLED_TRIALS = 3  # randomised trials of this, in several organisations
    OWN_TRIAL = 4  # a randomised trial of this, here


def weakest(grades: Iterable[Grade]) -> Grade:
    """The grade of advice that rests on several sentences: that of its weakest.

    Advice that rests on none is an opinion.
    """
    return min(grades, default=Grade.OPINION)
