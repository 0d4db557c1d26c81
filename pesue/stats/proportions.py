"""Shares of people, with their intervals."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054  # the 97.5th percentile of the standard normal


class TooFew(Exception):
    """There are too few observations for the figure."""


@dataclass(frozen=True)
class Share:
    """A share of a whole and its 95 % interval, each from 0 to 1."""

    share: float
    low: float
    high: float
    of: int  # observations


def wilson(hits: int, of: int) -> Share:
    """The share hits / of with Wilson's score interval at 95 %.

    Source: E. B. Wilson, JASA 22 (1927) 209-212. Raises TooFew where `of` is 0, and
    ValueError where hits is not between 0 and `of`.
    """
    if of == 0:
        raise TooFew
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} hits of {of}")
    share, z2 = hits / of, Z95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of**2))
    # At the ends the interval begins or ends just there.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Share(share, low, high, of)
