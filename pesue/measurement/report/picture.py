"""A plot as a picture for a slide: PNG, 1280 x 720."""

from math import hypot

from PIL import Image, ImageDraw

from pesue.foundation import picture
from pesue.foundation.picture import COLOURS, FINER
from pesue.measurement.report.shapes import Dot, Plot, Stroke, Text

DASH, GAP = 10.0, 8.0
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(plot: Plot, *, accent: str, foot: str) -> bytes:
    size = plot.width * FINER, plot.height * FINER
    image = Image.new("RGB", size, "#ffffff")
    draw = ImageDraw.Draw(image)
    shapes = [*plot.shapes, Text(60, plot.height - 12, foot, 18, ink="muted")]
    for shape in shapes:
        colour = accent if shape.ink == "accent" else COLOURS[shape.ink]
        if isinstance(shape, Stroke):
            _stroke(draw, shape, colour)
        elif isinstance(shape, Dot):
            x, y, r = (FINER * n for n in (shape.x, shape.y, shape.r))
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        else:
            at = FINER * shape.x, FINER * shape.y
            font = picture.letters(round(FINER * shape.size))
            draw.text(at, shape.words, colour, font, ANCHORS[shape.anchor])
    return picture.png(image)


def _stroke(draw: ImageDraw.ImageDraw, shape: Stroke, colour: str) -> None:
    points = [(FINER * x, FINER * y) for x, y in shape.points]
    width = round(FINER * shape.width)
    if not shape.dashed:
        draw.line(points, colour, width, joint="curve")
        return
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = hypot(x1 - x0, y1 - y0)
    at = 0.0
    while at < length:
        ends = [
            (x0 + (x1 - x0) * part / length, y0 + (y1 - y0) * part / length)
            for part in (at, min(length, at + FINER * DASH))
        ]
        draw.line(ends, colour, width)
        at += FINER * (DASH + GAP)
