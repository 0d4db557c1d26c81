"""How long until something happens, where for some it has not happened yet.

Who joined last week and has not posted is neither one who never posts nor to be left
out: of them is known that it took longer than a week. The curve is Kaplan and Meier's,
its error Greenwood's, its interval that of log(-log S), which stays within 0 and 1.

Sources: E. L. Kaplan and P. Meier, JASA 53 (1958) 457-481; M. Greenwood, Reports on
Public Health and Medical Subjects 33 (1926); J. D. Kalbfleisch and R. L. Prentice, "The
Statistical Analysis of Failure Time Data" (Wiley 1980), section 1.3 (the interval).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.estimates import Floats, Unusable, Why, numbers, sure


@dataclass(frozen=True, eq=False)
class Curve:
    """For whom it has not happened after each time at which it happened to somebody.

    `share` (k,) is a share of all, from 1 downwards; `se` Greenwood's error of it,
    `low` and `high` its interval, one time at a time. `at_risk` are those of whom it
    was known just before that it had not happened, `events` to whom it happened then.
    """

    times: Floats  # in the unit of the durations, rising
    share: Floats
    se: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    events: Floats
    n: int
    confidence: float = 0.95


@dataclass(frozen=True)
class Happened:
    """To how many it has happened by a time: a share from 0 to 1, and its interval."""

    share: float
    low: float
    high: float


def kaplan_meier(
    durations: ArrayLike, happened: ArrayLike, *, confidence: float = 0.95
) -> Curve:
    """The curve of `durations` (n,): until it happened (1), or until last known (0).

    Who is lost at a time at which it happens to others is still at risk then. It must
    not depend on the duration to come who is lost: it does where those leave who would
    never have done it, and the curve then falls too fast. At times after all others are
    lost, where the curve is 0, there is no error: `se` is 0, the interval from 0 to 1.

    Raises TooFew for nobody, Unusable for a duration below 0 or an event not 0 or 1.
    """
    length, did = numbers(durations, happened)
    if (length < 0).any() or not np.isin(did, (0, 1)).all():
        raise Unusable(Why.NOT_IN_RANGE, "A duration below 0, or half an event.")
    times, place = np.unique(length, return_inverse=True)
    events = np.bincount(place, did, len(times)).astype(np.float64)
    leaving = np.bincount(place, minlength=len(times))
    at_risk = len(length) - np.concatenate([[0.0], leaving.cumsum()[:-1]])
    kept = events > 0
    times, events, at_risk = times[kept], events[kept], at_risk[kept]
    share = np.cumprod(1 - events / at_risk)
    last = share <= 0
    rest = np.where(at_risk > events, at_risk - events, 1)
    greenwood = np.where(last, 0.0, np.cumsum(events / (at_risk * rest)))
    low, high = _interval(share, greenwood, confidence)
    se = share * np.sqrt(greenwood)
    return Curve(times, share, se, low, high, at_risk, events, len(length), confidence)


def by(curve: Curve, time: float) -> Happened:
    """To how many it has happened by a time, that time included."""
    place = int(np.searchsorted(curve.times, time, side="right")) - 1
    if place < 0:
        return Happened(0.0, 0.0, 0.0)
    kept, low, high = curve.share[place], curve.low[place], curve.high[place]
    return Happened(float(1 - kept), float(1 - high), float(1 - low))


def coarse(curve: Curve, least: int) -> Curve:
    """The curve at those times alone of which each tells of `least` people or more.

    It falls only where it has happened to so many since it fell last, and it ends where
    fewer would be left at risk: who was first, and who is the last one left, is not
    told. Between its times it stands as it was.
    """
    kept, since = [], 0.0
    for place in range(len(curve.times)):
        since += curve.events[place]
        left = curve.at_risk[place] - curve.events[place]
        if since >= least and left >= least:
            kept.append(place)
            since = 0.0
    columns = ("times", "share", "se", "low", "high", "at_risk", "events")
    some = {name: getattr(curve, name)[kept] for name in columns}
    return Curve(**some, n=curve.n, confidence=curve.confidence)


def _interval(
    share: Floats, greenwood: Floats, confidence: float
) -> tuple[Floats, Floats]:
    z = NormalDist().inv_cdf((1 + sure(confidence)) / 2)
    inside = (share > 0) & (share < 1)
    log = np.log(np.where(inside, share, 0.5))
    wide = np.exp(z * np.sqrt(greenwood) / -log)
    low, high = np.exp(log * wide), np.exp(log / wide)
    return np.where(inside, low, 0.0), np.where(inside, high, 1.0)
