"""What our pictures are drawn with: letters, colours, and the cat. No Django.

All is drawn FINER times as large and made small at the end, for smooth edges.
"""

import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from pesue.foundation.paper import FACES

COLOURS = {"ink": "#231d19", "muted": "#655b53", "faint": "#e4dbd1", "paper": "#fbf8f4"}
FINER = 2
TAIL = "M13.5 39C10 29 9 19 11.5 9.5 12.5 6 16 5 18.5 7.5"
BODY = (
    "M10.5 41c0-6 4-10 10-10h14.5c.6-3.5.6-7 .9-13.200.1-1.7 2-2.4 3.2-1.2l4.5 4.4h7.8"
    "l4.5-4.4c1.2-1.2 3.1-.5 3.2 1.2l.6 8.7C60.2 34 57 38.5 52.5 40v15a3.3 3.3 0 0 1"
    "-6.6 0v-5.5h-1.4V55a3.3 3.3 0 0 1-6.6 0v-7.5H25.6V55a3.3 3.3 0 0 1-6.6 0v-7.5h-1"
    "V55a3.3 3.3 0 0 1-6.6 0z"
)
EYES = "M40.6 28.5q1.7 1.9 3.4 0M51 28.5q1.7 1.9 3.4 0"
STEPS = 60  # straight pieces of a curve


@cache
def letters(size: int, style: str = "") -> ImageFont.FreeTypeFont:
    """The serif of `size` pixels; style "", "B" or "I"."""
    return ImageFont.truetype(_file(style), size)


def writable(text: str) -> str:
    """The text without what the serif has no letters for, as emoji."""
    kept = "".join(one if ord(one) in _known() else " " for one in text)
    return " ".join(kept.split())


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines that are not wider than `width` pixels; a longer word is cut short."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        while font.getlength(word) > width:
            word = word[:-2] + "…" if word[-1] == "…" else word[:-1] + "…"
        lines.append(word)
    return lines


def cat(
    draw: ImageDraw.ImageDraw,
    x: float,
    y: float,
    size: float,
    *,
    colour: str,
    eyes: str,
) -> None:
    """The mark, its left upper corner there; in pixels of the large drawing."""
    scale = size / 64

    def placed(path: str) -> Iterator[list[tuple[float, float]]]:
        for line in _lines(path):
            yield [(x + scale * px, y + scale * py) for px, py in line]

    for line in placed(BODY):
        draw.polygon(line, fill=colour)
    for path, wide, ink in ((TAIL, 6, colour), (EYES, 1.7, eyes)):
        r = scale * wide / 2
        for line in placed(path):
            for px, py in line:  # a brush, as wide lines break where they bend
                draw.ellipse((px - r, py - r, px + r, py + r), fill=ink)


def png(image: Image.Image) -> bytes:
    """The large drawing as a file of its true size."""
    out = io.BytesIO()
    size = image.width // FINER, image.height // FINER
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _lines(path: str) -> Iterator[list[tuple[float, float]]]:
    """Each part of an SVG path as points of straight pieces."""
    pen = DecomposingRecordingPen(None)
    parse_path(path, pen)
    line: list[tuple[float, float]] = []
    for kind, points in pen.value:
        if kind == "moveTo":
            if line:
                yield line
            line = [points[0]]
        elif kind == "lineTo":
            line.append(points[0])
        elif kind in ("curveTo", "qCurveTo"):
            line += _curve([line[-1], *points])
    yield line


def _curve(points: list[Any]) -> list[tuple[float, float]]:
    """A Bezier curve of any degree, by de Casteljau, without its first point."""
    found = []
    for step in range(1, STEPS + 1):
        t, left = step / STEPS, points
        while len(left) > 1:
            left = [
                ((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1])
                for a, b in pairwise(left)
            ]
        found.append(left[0])
    return found


def _file(style: str) -> str:
    return str(
        files("font_source_serif_pro") / f"files/SourceSerifPro-{FACES[style]}.ttf"
    )


@cache
def _known() -> frozenset[int]:
    with TTFont(_file(""), lazy=True) as font:
        return frozenset(font.getBestCmap())
