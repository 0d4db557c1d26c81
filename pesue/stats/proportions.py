"""Shares of people, their intervals, and the difference between two shares."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from pesue.stats.estimates import TooFew, Unusable, Why, sure


@dataclass(frozen=True)
class Share:
    """A share of a whole and its interval, each from 0 to 1."""

    share: float
    low: float
    high: float
    of: int  # observations
    confidence: float = 0.95


@dataclass(frozen=True)
class Group:
    people: int  # in this arm of the trial
    did: int  # of those, how many did the thing; 0 <= did <= people


@dataclass(frozen=True)
class Difference:
    """b minus a, as a share of people between -1 and 1 (0.05 is five points)."""

    estimate: float
    low: float
    high: float
    n: int  # people in both groups
    confidence: float = 0.95


def wilson(hits: int, of: int, *, confidence: float = 0.95) -> Share:
    """The share hits / of with Wilson's score interval.

    Source: E. B. Wilson, JASA 22 (1927) 209-212. Raises TooFew where `of` is 0, and
    Unusable where hits is not between 0 and `of`, or they are not whole.
    """
    if of == 0:
        raise TooFew(Why.EMPTY, "Nobody has answered.")
    if not 0 <= hits <= of or hits != int(hits) or of != int(of):
        raise Unusable(Why.NOT_IN_RANGE, f"{hits} hits of {of}")
    z = NormalDist().inv_cdf((1 + sure(confidence)) / 2)
    low, high = _wilson(hits, of, z)
    return Share(hits / of, low, high, of, confidence)


def difference(a: Group, b: Group, *, confidence: float = 0.95) -> Difference:
    """How much more often group b did it than group a, with its interval.

    `confidence` is the interval's coverage, between 0 and 1. The groups must be
    independent, each person counted once and drawn alone: where whole teams were
    drawn, the team is the unit and this interval is too narrow.

    Raises TooFew where a group has no people, and Unusable where `did` is not between
    0 and `people`, or they are not whole. Source: R. G. Newcombe, "Interval estimation
    for the difference between independent proportions", Statistics in Medicine 17
    (1998) 873-890, method 10; checked against its worked examples, 56/70 and 48/80 the
    first.
    """
    if not (a.people and b.people):
        raise TooFew(Why.EMPTY, "Both groups need at least one person.")
    for group in (a, b):
        did, people = group.did, group.people
        if not 0 <= did <= people or did != int(did) or people != int(people):
            raise Unusable(Why.NOT_IN_RANGE, f"{group.did} of {group.people} did it")
    z = NormalDist().inv_cdf((1 + sure(confidence)) / 2)
    p, q = a.did / a.people, b.did / b.people
    p_low, p_high = _wilson(a.did, a.people, z)
    q_low, q_high = _wilson(b.did, b.people, z)
    return Difference(
        estimate=q - p,
        low=q - p - sqrt((q - q_low) ** 2 + (p_high - p) ** 2),
        high=q - p + sqrt((q_high - q) ** 2 + (p - p_low) ** 2),
        n=int(a.people) + int(b.people),
        confidence=confidence,
    )


def _wilson(hits: int, of: int, z: float) -> tuple[float, float]:
    hits, of = int(hits), int(of)  # numpy's small whole numbers run over when squared
    share, z2 = hits / of, z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of**2))
    # At the ends the interval begins or ends just there.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return low, high
