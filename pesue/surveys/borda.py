"""Many rankings of one list made into one, and how sure it is.

Each who ranks gives a trend as many points as there are trends below it (J.-C. de
Borda, "Memoire sur les elections au scrutin", 1781; here told as a share of the most
that one can give). Trends that somebody left unranked share what is left. How many put
a trend first stands beside it, as the two need not agree. No Django.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, stdev
from typing import Any

from pesue.foundation.counts import K
from pesue.stats.estimates import Estimate, TooFew
from pesue.stats.proportions import wilson

INTERVALS_FROM = 10  # who ranked: of fewer, a mean's interval is not worth its name


@dataclass(frozen=True)
class Placed:
    """A trend and where it came. Points and shares are in per cent."""

    trend: int
    words: str
    why: str
    place: int  # the same for equals
    points: int
    low: int | None  # of points, at 95 %; None where too few ranked, or all alike
    high: int | None
    first: int  # who put it first
    first_low: int
    first_high: int


@dataclass(frozen=True)
class Result:
    people: int  # who ranked
    rows: tuple[Placed, ...]  # none where too few ranked

    def to_json(self) -> dict[str, Any]:
        return {"people": self.people, "rows": [asdict(row) for row in self.rows]}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Result":
        rows = tuple(Placed(**row) for row in told.get("rows", ()))
        return cls(told.get("people", 0), rows)


def ranked(
    trends: Mapping[int, tuple[str, str]], rankings: Sequence[Sequence[int]]
) -> Result:
    """The result over `rankings`, each of keys of `trends`, best first.

    `trends` are words and why by key. Nothing is told of fewer than K rankings; what
    is not in `trends` is left out of each.
    """
    clean = [[key for key in one if key in trends] for one in rankings]
    clean = [one for one in clean if one]
    if len(clean) < K or len(trends) < 2:
        return Result(len(clean), ())
    given = [points(one, list(trends)) for one in clean]
    means = {key: round(mean(one[key] for one in given), 9) for key in trends}
    rows = [
        _placed(key, trends[key], [one[key] for one in given], clean, means)
        for key in sorted(trends, key=lambda key: (-means[key], trends[key][0]))
    ]
    return Result(len(clean), tuple(rows))


def points(ranking: Sequence[int], trends: Sequence[int]) -> dict[int, float]:
    """From 1 for the first to 0 for the last; the unranked share what is left."""
    most = len(trends) - 1
    found = {key: (most - at) / most for at, key in enumerate(ranking)}
    left = len(trends) - len(ranking)
    return {key: found.get(key, (left - 1) / 2 / most) for key in trends}


def _placed(
    key: int,
    told: tuple[str, str],
    given: Sequence[float],
    rankings: Sequence[Sequence[int]],
    means: Mapping[int, float],
) -> Placed:
    first = wilson(sum(one[0] == key for one in rankings), len(rankings))
    low, high = _interval(given)
    return Placed(
        trend=key,
        words=told[0],
        why=told[1],
        place=1 + sum(other > means[key] for other in means.values()),
        points=round(100 * means[key]),
        low=low,
        high=high,
        first=round(100 * first.share),
        first_low=round(100 * first.low),
        first_high=round(100 * first.high),
    )


def _interval(given: Sequence[float]) -> tuple[int | None, int | None]:
    n = len(given)
    if n < INTERVALS_FROM:
        return None, None
    try:
        found = Estimate.of(mean(given), stdev(given) / n**0.5, n=n, df=n - 1)
    except TooFew:
        return None, None
    return round(100 * max(0.0, found.low)), round(100 * min(1.0, found.high))
