"""What the plots of a report have in common: where they stand, title, axis, lines."""

from collections.abc import Callable, Sequence

from pesue.measurement.report import figures
from pesue.measurement.report.shapes import HEIGHT, WIDTH, Shape, Stroke, Text, short

LEFT, RIGHT, TOP, FLOOR = 110.0, 60.0, 190.0, HEIGHT - 90.0


def head(title: str, words: str) -> list[Shape]:
    return [
        Text(60, 80, short(title, 62), 42),
        Text(60, 126, short(words, 100), 24, ink="muted"),
    ]


def scale(
    least: float, most: float, start: float, end: float
) -> Callable[[float], float]:
    return lambda number: start + (number - least) / (most - least) * (end - start)


def across(ticks: Sequence[float], y: Callable[[float], float]) -> list[Shape]:
    found: list[Shape] = []
    for tick in ticks:
        at = y(tick)
        found.append(Stroke([(LEFT, at), (WIDTH - RIGHT, at)], "faint", 2))
        found.append(Text(LEFT - 14, at + 8, figures.tick(tick), 22, "end", "muted"))
    return found
