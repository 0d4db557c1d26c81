"""The coverage map as a picture: values on the left, concepts, and what was told.

Pure: numbers in, places out. The template draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH, ROW, GAP = 960.0, 54.0, 18.0
LEFT, MIDDLE, RIGHT = (
    230.0,
    480.0,
    730.0,
)  # where values end, concepts stand, told begins
HALF = 105.0  # of a concept's width
THIN, THICK = 2.0, 40.0  # of a stream


@dataclass(frozen=True)
class Stop:
    """A value or a concept on the map."""

    key: int
    name: str
    y: float
    said: bool  # nothing has been told on it


@dataclass(frozen=True)
class Stream:
    d: str  # an SVG path
    width: float
    dry: bool


@dataclass(frozen=True)
class Mouth:
    """What was told within a concept, at the right."""

    y: float
    height: float
    words: str


@dataclass(frozen=True)
class River:
    width: float
    height: float
    values: list[Stop]
    concepts: list[Stop]
    streams: list[Stream]
    mouths: list[Mouth]


@dataclass(frozen=True)
class Source:
    """A value as drawn: its concepts by key."""

    key: int
    name: str
    concepts: tuple[int, ...]


@dataclass(frozen=True)
class Pool:
    """A concept as drawn, and how much was told in it."""

    key: int
    name: str
    told: int
    words: str


def river(sources: Sequence[Source], pools: Sequence[Pool]) -> River:
    """Each concept's stream is as wide as what was told in it, by its square root, so
    that the small are still seen."""
    rows = max(len(sources), len(pools), 1)
    height = rows * (ROW + GAP)
    most = max((pool.told for pool in pools), default=0)
    left = _places([source.key for source in sources], height)
    middle = _places([pool.key for pool in pools], height)
    thick = {pool.key: _thickness(pool.told, most) for pool in pools}
    told = {pool.key: pool.told for pool in pools}
    streams = [
        Stream(
            _curve(LEFT, left[source.key], MIDDLE - HALF, middle[key]),
            round(thick[key] / max(1, _shares(sources, key)), 1),
            not told[key],
        )
        for source in sources
        for key in source.concepts
        if key in middle
    ]
    streams += [
        Stream(
            _curve(MIDDLE + HALF, middle[pool.key], RIGHT, middle[pool.key]),
            thick[pool.key],
            not pool.told,
        )
        for pool in pools
    ]
    return River(
        width=WIDTH,
        height=height,
        values=[
            Stop(s.key, s.name, left[s.key], not any(told.get(k) for k in s.concepts))
            for s in sources
        ],
        concepts=[Stop(p.key, p.name, middle[p.key], not p.told) for p in pools],
        streams=streams,
        mouths=[Mouth(middle[p.key], thick[p.key], p.words) for p in pools],
    )


NARROW, TRUNK, BANK = 342.0, 36.0, 82.0  # a phone's width; where the brook runs, turns


def brook(sources: Sequence[Source], pools: Sequence[Pool]) -> River:
    """The same downwards, for a phone: below each value the concepts grown on it."""
    by_key = {pool.key: pool for pool in pools}
    most = max((pool.told for pool in pools), default=0)
    values, concepts, streams, mouths = [], [], [], []
    y = ROW / 2
    for source in sources:
        top = y + ROW / 2 - 3
        grown = [by_key[key] for key in source.concepts if key in by_key]
        values.append(Stop(source.key, source.name, y, not any(p.told for p in grown)))
        for pool in grown:
            y += ROW + GAP
            width = _thickness(pool.told, most) * NARROW / WIDTH
            d = f"M{TRUNK} {top}V{y - GAP}Q{TRUNK} {y} {TRUNK + GAP} {y}H{BANK}"
            streams.append(Stream(d, max(THIN, round(width, 1)), not pool.told))
            concepts.append(Stop(pool.key, pool.name, y, not pool.told))
            mouths.append(Mouth(y, width, pool.words))
        y += ROW + GAP
    return River(NARROW, y - GAP, values, concepts, streams, mouths)


def _places(keys: Sequence[int], height: float) -> dict[int, float]:
    step = height / max(len(keys), 1)
    return {key: round(step * (at + 0.5), 1) for at, key in enumerate(keys)}


def _thickness(told: int, most: int) -> float:
    if not told or not most:
        return THIN
    return round(THIN + (THICK - THIN) * sqrt(told / most), 1)


def _shares(sources: Sequence[Source], key: int) -> int:
    """On how many values a concept grows."""
    return sum(key in source.concepts for source in sources)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
