"""Words for how sure one may be, so that they mean the same in every sentence.

No Django but words. An estimate is judged by how probable it is above 0. With three
trials or more of the same outcome each is first drawn towards the others, as far as
their errors say (`stats.shrinkage`), for the one that looked best was also lucky. With
fewer nothing is known of how much things differ, so the words follow the plain
interval: nothing is said while it holds 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from scipy.special import ndtr

from pesue.stats.shrinkage import shrink

LIKELY, VERY_LIKELY = 0.80, 0.95  # of a shrunken estimate
ALONE_LIKELY, ALONE_VERY_LIKELY = (
    0.975,
    0.995,
)  # its interval, or that at 99 %, is clear
LEAST = 3  # estimates that can be drawn towards one another
CRITICAL = 1.959964  # half an interval at 95 % in errors


class Said(StrEnum):
    VERY_LIKELY = "very likely"
    LIKELY = "likely"
    CANNOT_TELL = "cannot tell"
    LIKELY_LESS = "likely less"
    VERY_LIKELY_LESS = "very likely less"

    @property
    def is_harm(self) -> bool:
        return self in {Said.LIKELY_LESS, Said.VERY_LIKELY_LESS}


WORDS: dict[Said, str | Promise] = {
    Said.VERY_LIKELY: _("very likely more"),
    Said.LIKELY: _("likely more"),
    Said.CANNOT_TELL: _("we cannot tell"),
    Said.LIKELY_LESS: _("likely less"),
    Said.VERY_LIKELY_LESS: _("very likely less"),
}


@dataclass(frozen=True)
class Measured:
    """An estimate with the ends of its interval at 95 %."""

    estimate: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """As wide as the interval says, which with few teams is wide."""
        return (self.high - self.low) / (2 * CRITICAL)

    @property
    def holds_nothing(self) -> bool:
        """Whether both more and less are possible."""
        return self.low <= 0 <= self.high

    def times(self, number: float) -> "Measured":
        ends = sorted((self.low * number, self.high * number))
        return Measured(self.estimate * number, *ends)


@dataclass(frozen=True)
class Judged:
    """`found` is what to believe: drawn towards the others where there are enough."""

    found: Measured
    chance: float  # that it is above 0
    shrunken: bool
    said: Said


def judge(measured: Sequence[Measured]) -> list[Judged]:
    """Of all estimates of one outcome there are, whatever they came to, in order."""
    sure = [one for one in measured if one.error > 0]
    if len(sure) < LEAST or len(sure) < len(measured):
        return [_alone(one) for one in measured]
    found = shrink([one.estimate for one in sure], [one.error for one in sure])
    columns = (found.estimates, found.low, found.high, found.positive)
    return [
        Judged(Measured(*map(float, ends)), float(chance), True, said_of(float(chance)))
        for *ends, chance in zip(*columns, strict=True)
    ]


def _alone(one: Measured) -> Judged:
    chance = float(ndtr(one.estimate / one.error)) if one.error > 0 else 0.5
    said = Said.CANNOT_TELL if one.holds_nothing else _sure(one, chance)
    return Judged(one, chance, False, said)


def _sure(one: Measured, chance: float) -> Said:
    """Of an interval that is clear of 0."""
    very = max(chance, 1 - chance) >= ALONE_VERY_LIKELY
    if one.low > 0:
        return Said.VERY_LIKELY if very else Said.LIKELY
    return Said.VERY_LIKELY_LESS if very else Said.LIKELY_LESS


def said_of(chance: float) -> Said:
    """Of a shrunken estimate, by how probable it is above 0."""
    if chance >= VERY_LIKELY:
        return Said.VERY_LIKELY
    if chance >= LIKELY:
        return Said.LIKELY
    if chance <= 1 - VERY_LIKELY:
        return Said.VERY_LIKELY_LESS
    return Said.LIKELY_LESS if chance <= 1 - LIKELY else Said.CANNOT_TELL
