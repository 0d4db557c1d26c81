"""Where the marks of a forest plot go. Pure geometry; the template draws it as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, LEFT, RIGHT, FOOT = 640, 36, 8, 8, 24


@dataclass(frozen=True)
class Mark:
    """An estimate with its interval, in pixels."""

    label: str
    x: float
    low: float
    high: float
    y: float


@dataclass(frozen=True)
class Forest:
    marks: tuple[Mark, ...]
    zero: float
    ends: tuple[tuple[float, float], ...]  # x of a tick below, and its number
    height: int
    width: int = WIDTH


def forest(rows: Sequence[tuple[str, float, float, float]]) -> Forest | None:
    """Of (label, estimate, low, high); None where there is nothing to draw."""
    if not rows:
        return None
    least = min(0.0, *(low for _label, _estimate, low, _high in rows))
    most = max(0.0, *(high for _label, _estimate, _low, high in rows))
    span = (most - least) or 1.0
    least, most = least - 0.05 * span, most + 0.05 * span
    scale = (WIDTH - LEFT - RIGHT) / (most - least)

    def at(number: float) -> float:
        return round(LEFT + (number - least) * scale, 1)

    marks = tuple(
        Mark(label, at(estimate), at(low), at(high), ROW * (place + 0.6))
        for place, (label, estimate, low, high) in enumerate(rows)
    )
    inner = (least + 0.05 * span, most - 0.05 * span)
    ends = tuple((at(number), number) for number in inner)
    return Forest(marks, at(0.0), ends, ROW * len(rows) + FOOT)
