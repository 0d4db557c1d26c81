"""Where the marks of a plot go. Pure geometry; the template draws it as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 14, 28
MOST_LABELS = 8

Point = tuple[str, float | None]  # label, number >= 0; None is not shown


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    width: float
    height: float
    label: str
    number: float


@dataclass(frozen=True)
class Tick:
    at: float  # x of a label below, y of a line across
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Plot:
    marks: list[Mark]
    paths: list[str]  # of a line; a gap where a number is not shown
    across: list[Tick]
    below: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def bars(points: Sequence[Point]) -> Plot:
    """A bar for each point, from zero."""
    top = _top(points)
    step = (WIDTH - LEFT - RIGHT) / max(len(points), 1)
    wide = min(step * 0.7, 56)
    marks = []
    for place, (label, number) in enumerate(points):
        if number is None:
            continue
        y = _y(number, top)
        x = LEFT + step * (place + 0.5) - wide / 2
        marks.append(
            Mark(_r(x), _r(y), _r(wide), _r(HEIGHT - BOTTOM - y), label, number)
        )
    middles = [LEFT + step * (place + 0.5) for place in range(len(points))]
    return Plot(marks, [], _across(top), _below(points, middles))


def line(points: Sequence[Point]) -> Plot:
    """A line through the points at equal steps, broken where one is not shown."""
    top = _top(points)
    step = (WIDTH - LEFT - RIGHT - 12) / max(len(points) - 1, 1)
    xs = [LEFT + 6 + step * place for place in range(len(points))]
    marks = [
        Mark(_r(x), _r(_y(number, top)), 0, 0, label, number)
        for x, (label, number) in zip(xs, points, strict=True)
        if number is not None
    ]
    paths = []
    runs = groupby(
        zip(xs, points, strict=True), key=lambda placed: placed[1][1] is not None
    )
    for shown, run in runs:
        if shown:
            spots = [f"{_r(x)} {_r(_y(number or 0, top))}" for x, (_, number) in run]
            paths.append("M" + "L".join(spots))
    few = marks if len(marks) <= 31 else []
    return Plot(few, paths, _across(top), _below(points, xs))


def _top(points: Sequence[Point]) -> float:
    """A round number that no point is above, in four whole steps."""
    most = max((number for _, number in points if number is not None), default=0)
    if most <= 4:
        return 4
    size: float = 10 ** floor(log10(most))
    tops = (round(size * part) for part in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12))
    return next(top for top in tops if top >= most and top % 4 == 0)


def _y(number: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - number / top)


def _across(top: float) -> list[Tick]:
    values = [top * part / 4 for part in range(5)]
    return [Tick(_r(_y(value, top)), f"{value:.0f}") for value in values]


def _below(points: Sequence[Point], xs: Sequence[float]) -> list[Tick]:
    every = max(ceil(len(points) / MOST_LABELS), 1)
    return [
        Tick(_r(x), label if len(label) <= 14 else f"{label[:13]}…")
        for place, (x, (label, _)) in enumerate(zip(xs, points, strict=True))
        if place % every == 0
    ]


def _r(number: float) -> float:
    return round(number, 1)
