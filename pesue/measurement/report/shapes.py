"""What plots are drawn with, on a sheet of 1280 x 720. No Django.

The page draws them as SVG, `picture` as pixels, `paper` on a PDF: all from the same
numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

WIDTH, HEIGHT = 1280, 720

Ink = Literal["ink", "muted", "faint", "accent"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: Sequence[tuple[float, float]]
    ink: Ink = "ink"
    width: float = 3
    dashed: bool = False

    kind = "stroke"

    @property
    def path(self) -> str:
        """As SVG has it."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float = 9
    ink: Ink = "accent"

    kind = "dot"

    @property
    def at(self) -> tuple[str, str, str]:
        return f"{self.x:.1f}", f"{self.y:.1f}", f"{self.r:.1f}"


@dataclass(frozen=True)
class Text:
    """Words whose baseline is at y."""

    x: float
    y: float
    words: str
    size: float = 24
    anchor: Anchor = "start"
    ink: Ink = "ink"

    kind = "text"

    @property
    def tall(self) -> str:
        return f"{self.size:g}"

    @property
    def at(self) -> tuple[str, str]:
        return f"{self.x:.1f}", f"{self.y:.1f}"


Shape = Stroke | Dot | Text


@dataclass(frozen=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Plot:
    """A drawing with its words and its table."""

    key: str
    title: str
    words: str  # what one sees in it
    shapes: Sequence[Shape]
    table: Table
    width: int = WIDTH
    height: int = HEIGHT


def short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def nice(least: float, most: float) -> list[float]:
    """Four to seven round numbers from below the least to above the most."""
    most = most if most > least else least + 1.0
    span = most - least
    size = 10.0 ** floor(log10(span))
    step = next(s for s in (0.2, 0.5, 1, 2, 5) if span / (size * s) <= 6) * size
    first, last = floor(least / step), ceil(most / step)
    return [round(n * step, 10) for n in range(first, last + 1)]
