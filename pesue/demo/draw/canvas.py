"""A sheet to draw flat shapes on, with skies, light, water and grain."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT, SHARP = 1280, 720, 2  # drawn at twice the size, for smooth edges

Colour = str
Spot = tuple[float, float]


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """`one` with `part` (0 to 1) of `other` in it. Colours are "#rrggbb"."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


class Canvas:
    """Coordinates are 1280 by 720, origin at the top left."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.image = Image.new("RGB", (WIDTH * SHARP, HEIGHT * SHARP), "#ffffff")
        self.pen = ImageDraw.Draw(self.image)

    def sky(self, colours: Sequence[Colour], top: float, bottom: float) -> None:
        """A gradient through the colours, from `top` down to `bottom`."""
        strip = Image.new("RGB", (1, len(colours)))
        for row, colour in enumerate(colours):
            strip.putpixel((0, row), _rgb(colour))
        high = round((bottom - top) * SHARP)
        # Stretched past the ends, as the resampling is flat for half a step there.
        over = round(high / max(len(colours) - 1, 1) / 2)
        tall = strip.resize((1, high + 2 * over), Image.Resampling.BICUBIC)
        tall = tall.crop((0, over, 1, over + high)).resize((WIDTH * SHARP, high))
        self.image.paste(tall, (0, round(top * SHARP)))

    def shape(self, spots: Sequence[Spot], fill: Colour) -> None:
        self.pen.polygon([(x * SHARP, y * SHARP) for x, y in spots], fill=fill)

    def box(
        self, x: float, y: float, w: float, h: float, fill: Colour, round_: float = 0
    ) -> None:
        place = (x * SHARP, y * SHARP, (x + w) * SHARP, (y + h) * SHARP)
        self.pen.rounded_rectangle(place, round_ * SHARP, fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.oval(x, y, r, r, fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self.pen.ellipse(
            ((x - rx) * SHARP, (y - ry) * SHARP, (x + rx) * SHARP, (y + ry) * SHARP),
            fill=fill,
        )

    def ring(
        self, x: float, y: float, rx: float, ry: float, wide: float, fill: Colour
    ) -> None:
        self.pen.ellipse(
            ((x - rx) * SHARP, (y - ry) * SHARP, (x + rx) * SHARP, (y + ry) * SHARP),
            outline=fill,
            width=round(wide * SHARP),
        )

    def stroke(self, spots: Sequence[Spot], wide: float, fill: Colour) -> None:
        """A line with round ends and joints."""
        at = [(x * SHARP, y * SHARP) for x, y in spots]
        self.pen.line(at, fill=fill, width=round(wide * SHARP), joint="curve")
        for x, y in (spots[0], spots[-1]):
            self.disc(x, y, wide / 2, fill)

    def curve(self, spots: Sequence[Spot], wide: float, fill: Colour) -> None:
        """A soft line through the spots (Catmull-Rom)."""
        ends = [spots[0], *spots, spots[-1]]
        path = [
            _between(ends[i : i + 4], step / 16)
            for i in range(len(spots) - 1)
            for step in range(17)
        ]
        self.stroke(path, wide, fill)

    def glow(self, x: float, y: float, r: float, fill: Colour, most: float) -> None:
        """Light around a spot; `most` is its strength at the middle, 0 to 1."""
        small = 8
        mask = Image.new("L", (WIDTH // small, HEIGHT // small))
        ImageDraw.Draw(mask).ellipse(
            ((x - r) / small, (y - r) / small, (x + r) / small, (y + r) / small),
            fill=round(255 * most),
        )
        mask = mask.filter(ImageFilter.GaussianBlur(r / small / 2.2))
        mask = mask.resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(_rgb(fill), (0, 0), mask)

    def veil(self, fill: Colour, part: float, top: float = 0) -> None:
        """Haze over all below `top`."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).rectangle(
            (0, top * SHARP, *self.image.size), fill=round(255 * part)
        )
        self.image.paste(_rgb(fill), (0, 0), mask)

    def sea(self, top: float, near: Colour, far: Colour, light: Colour) -> None:
        """Water from `top` to the foot, with short flecks of light."""
        self.sky([far, near], top, HEIGHT)
        for _ in range(170):
            depth = self.chance.random() ** 1.6
            y = top + 4 + depth * (HEIGHT - top - 8)
            x, wide = self.chance.uniform(-40, WIDTH), 12 + 90 * depth
            ground = mixed(far, near, depth)
            self.box(
                x,
                y,
                wide * self.chance.uniform(0.4, 1.2),
                1.4 + 3 * depth,
                mixed(ground, light, self.chance.uniform(0.12, 0.34)),
                2,
            )

    def hills(self, y: float, high: float, fill: Colour, steps: int = 7) -> None:
        """A far shore: soft rises on the line `y`."""
        phase, tops = self.chance.uniform(0, 6), []
        for x in range(-20, WIDTH + 40, 10):
            wave = math.sin(x / WIDTH * steps + phase) + 0.5 * math.sin(
                x / WIDTH * steps * 2.3 + phase * 2
            )
            tops.append((x, y - high * (0.55 + 0.3 * wave)))
        self.shape([(-20, y), *tops, (WIDTH + 20, y)], fill)

    def finish(self, grain: float = 0.05) -> Image.Image:
        """The picture at its size, with a little grain."""
        image = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small = (WIDTH // 2, HEIGHT // 2)
        noise = Image.frombytes("L", small, self.chance.randbytes(small[0] * small[1]))
        noise = noise.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
        grained = ImageChops.soft_light(image, Image.merge("RGB", (noise,) * 3))
        return Image.blend(image, grained, grain * 4)


def _rgb(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def _between(four: Sequence[Spot], t: float) -> Spot:
    def one(axis: int) -> float:
        a, b, c, d = (spot[axis] for spot in four)
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return one(0), one(1)
