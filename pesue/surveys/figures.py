"""From the counted answers of a survey to figures that may leave the house.

A mean or a share of the whole organisation with its standard error, and never of fewer
people than the item asks for; where everybody said the same, nothing, as that tells
what each of them said. No Django, no database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from pesue.foundation.counts import K
from pesue.stats.noise import geometric, variance
from pesue.surveys.instruments import INSTRUMENTS, Item, item_of
from pesue.surveys.scales import SCALES, SILENT, TEXT

NOISY_FROM = 10  # people: of fewer the noise leaves nothing
LARGEST = {"mean": 1.0, "share": 0.25}  # errors with noise: beyond, it tells nothing
Key = tuple[str, str]  # an item, and one of its answers or ""


@dataclass(frozen=True)
class Figure:
    """A mean of answers from 1 to 7, or the share who chose one answer of several."""

    item: str
    option: str  # "" for a mean
    unit: str  # "mean" or "share"
    value: float
    se: float
    n: int  # people who could say

    @property
    def key(self) -> Key:
        return self.item, self.option


@dataclass(frozen=True)
class Noise:
    """Two-sided geometric noise on how many chose each answer.

    Somebody more or less changes one count of each item by one, so what is spent is
    shared among the items.
    """

    epsilon: float  # of the whole file
    items: int  # of the questionnaire

    @property
    def each(self) -> float:
        return self.epsilon / self.items

    @property
    def variance(self) -> float:
        """Of each count."""
        return variance(self.each)


def asked_items(questionnaire: str) -> list[Item]:
    """Those with answers to choose from."""
    return [item for item in INSTRUMENTS[questionnaire] if item.scale != TEXT]


def noise_of(questionnaire: str, epsilon: float) -> Noise:
    return Noise(epsilon, len(asked_items(questionnaire)))


def figures(
    questionnaire: str,
    tallies: Mapping[str, Mapping[str, int]],
    noise: Noise | None = None,
    rng: np.random.Generator | None = None,
) -> list[Figure]:
    """Of what all said, by item. With noise, each call is a release."""
    found: list[Figure] = []
    for item in asked_items(questionnaire):
        told = tallies.get(item.key, {})
        keys = [key for key in SCALES[item.scale].keys if key != SILENT]
        counts = {key: float(told.get(key, 0)) for key in keys}
        if sum(counts.values()) < item.k:
            continue
        if noise is None:
            if max(counts.values()) < sum(counts.values()):
                found += _of(item, counts, 0.0, item.k)
            continue
        drawn = geometric(rng or np.random.default_rng(), noise.each, size=len(keys))
        more = dict(zip(keys, drawn, strict=True))
        noisy = {key: counts[key] + int(more[key]) for key in keys}
        fewest = max(NOISY_FROM, item.k)
        found += [
            one
            for one in _of(item, noisy, noise.variance, fewest)
            if one.se <= LARGEST[one.unit]
        ]
    return found


def _of(
    item: Item, counts: Mapping[str, float], noise: float, fewest: int
) -> Iterator[Figure]:
    """`noise` is the variance of each count beside chance."""
    n = sum(counts.values())
    if n < fewest:
        return
    if SCALES[item.scale].numbers:
        value, error = _mean({int(key): said for key, said in counts.items()}, noise)
        if 1 <= value <= 7 and error > 0:
            yield _figure(item.key, "", "mean", value, error, n)
        return
    for option in _options(counts, item.k):
        p = (counts[option] + 1) / (n + 2)  # for the error: none is never without
        error = sqrt(
            p * (1 - p) / n + noise * ((1 - p) ** 2 + (len(counts) - 1) * p**2) / n**2
        )
        value = counts[option] / n
        yield _figure(item.key, option, "share", value, error, n)


def _mean(counts: Mapping[int, float], noise: float) -> tuple[float, float]:
    """The mean and its error by the delta method: n is as noisy as the sum is."""
    n = sum(counts.values())
    value = sum(key * said for key, said in counts.items()) / n
    squares = sum((key - value) ** 2 * said for key, said in counts.items())
    most = max(0.0, (7 - value) * (value - 1)) * n  # no answers can spread further
    chance = min(max(squares, 0.0), most) / (n - 1) / n
    drawn = noise * sum((key - value) ** 2 for key in counts) / n**2
    return value, sqrt(chance + drawn)


def _options(counts: Mapping[str, float], k: int) -> list[str]:
    """The answers that may be told: chosen by k people or more, and not chosen by as
    many; and what is left untold is of k people, too, or of nobody's choice to hide."""
    n = sum(counts.values())
    by_size = sorted(counts, key=lambda key: (counts[key], key))
    told = [key for key in by_size if k <= counts[key] <= n - k]
    hidden = [key for key in by_size if key not in told]
    while told and hidden and sum(counts[key] for key in hidden) < k:
        hidden.append(told.pop(0))
    return told


def _figure(
    item: str, option: str, unit: str, value: float, error: float, n: float
) -> Figure:
    se = ceil(error * 1000 - 1e-9) / 1000  # rounding makes nothing surer than it is
    return Figure(item, option, unit, round(value, 3), max(se, 0.001), round(n))


def plausible(one: Figure) -> bool:
    """Whether a figure from elsewhere can be one of a ready-made item at all."""
    item = item_of(one.item)
    if item is None or item.scale == TEXT or not max(K, item.k) <= one.n <= 10**8:
        return False
    scale = SCALES[item.scale]
    if scale.numbers:
        fits = one.unit == "mean" and not one.option and 1 <= one.value <= 7
        return fits and 0 < one.se <= 3
    known = one.option in scale.keys and one.option != SILENT
    return one.unit == "share" and known and 0 <= one.value <= 1 and 0 < one.se <= 1
