"""A share of people, and how far it can be trusted. Pure.

The interval is Wilson's: it stays within 0 and 1 and keeps its promise where few have
answered. Source: E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", Journal of the American Statistical Association 22 (1927),
209-212; recommended for small numbers by L. D. Brown, T. T. Cai and A. DasGupta,
"Interval estimation for a binomial proportion", Statistical Science 16 (2001), 101-133.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # of a normal distribution, 95 % lies within


@dataclass(frozen=True)
class TooFew:
    """There is no figure to show: fewer than `needed` people are in it."""

    needed: int


@dataclass(frozen=True)
class Proportion:
    """A share, and the ends of its 95 % interval, each 0 to 1."""

    part: int
    whole: int
    share: float
    low: float
    high: float


def proportion(part: int, whole: int, *, needed: int = 1) -> Proportion | TooFew:
    """`part` of `whole` people, if they are at least `needed`."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if whole < max(needed, 1):
        return TooFew(needed)
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * sqrt(share * (1 - share) / whole + weight / (4 * whole))
    low = 0.0 if part == 0 else middle - half
    high = 1.0 if part == whole else middle + half
    return Proportion(part, whole, share, low, high)
