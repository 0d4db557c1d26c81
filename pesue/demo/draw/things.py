"""Things that stand in several pictures: ships, islands, houses, people, bread."""

import math

from pesue.demo.draw.canvas import Canvas, Colour, mixed

WHITE, INK, RED, GOLD = "#f7f1e6", "#22303a", "#b5472c", "#f0b75b"


def ferry(
    c: Canvas,
    x: float,
    y: float,
    size: float = 1,
    *,
    hull: Colour = "#27465a",
    upper: Colour = WHITE,
    lit: bool = False,
) -> None:
    """A ferry heading right; (x, y) is the waterline at its stern, 520 * size long."""

    def at(px: float, py: float) -> tuple[float, float]:
        return x + px * size, y + py * size

    pane = "#ffd98a" if lit else "#5f7f8e"
    for left, top, wide, high in [(50, -128, 360, 42), (84, -164, 292, 40)]:
        c.box(*at(left, top), wide * size, high * size, upper, 7 * size)
        for n in range(int(wide / 26) - 1):
            c.box(
                *at(left + 16 + n * 26, top + 12),
                15 * size,
                15 * size,
                pane if not lit or c.chance.random() < 0.8 else mixed(upper, pane, 0.3),
                3 * size,
            )
    _funnel(c, x, y, size)
    _bridge(c, x, y, size, upper, pane)
    c.shape(
        [at(0, 0), at(-14, -90), at(438, -90), at(520, -98), at(468, 0)],
        hull,
    )
    c.shape([at(-12, -78), at(-9, -60), at(501, -62), at(510, -80)], RED)
    for n in range(9):
        c.disc(
            *at(40 + n * 44, -36), 7 * size, pane if lit else mixed(hull, WHITE, 0.5)
        )


def _bridge(
    c: Canvas, x: float, y: float, size: float, upper: Colour, pane: Colour
) -> None:
    def at(px: float, py: float) -> tuple[float, float]:
        return x + px * size, y + py * size

    c.box(*at(300, -202), 92 * size, 42 * size, upper, 7 * size)
    c.box(*at(322, -192), 66 * size, 16 * size, pane, 3 * size)
    c.stroke([at(346, -202), at(346, -244)], 4 * size, upper)
    c.stroke([at(328, -228), at(364, -228)], 3 * size, upper)


def _funnel(c: Canvas, x: float, y: float, size: float) -> None:
    spots = [(140, -164), (150, -216), (206, -216), (210, -164)]
    c.shape([(x + px * size, y + py * size) for px, py in spots], RED)
    c.box(x + 148 * size, y - 206 * size, 59 * size, 10 * size, WHITE)


def wake(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for n in range(16):
        wide = (60 + 26 * c.chance.random() * n) * size
        c.box(
            x - wide * 0.3 + c.chance.uniform(-60, 500) * size,
            y + (n * 3.4 - 4) * size,
            wide,
            (3 + n * 0.12) * size,
            colour,
            2,
        )


def pine(c: Canvas, x: float, y: float, high: float, fill: Colour) -> None:
    """A spruce standing on (x, y)."""
    c.box(x - high * 0.025, y - high * 0.25, high * 0.05, high * 0.25, "#4a3a30")
    for step in range(4):
        top, half = y - high + step * high * 0.2, high * (0.1 + 0.055 * step)
        c.shape(
            [(x, top), (x - half, top + high * 0.33), (x + half, top + high * 0.33)],
            fill,
        )


def birch(c: Canvas, x: float, y: float, high: float, leaves: Colour) -> None:
    c.box(x - high * 0.02, y - high * 0.6, high * 0.045, high * 0.6, "#ece5d8")
    for _ in range(7):
        c.disc(
            x + c.chance.uniform(-0.17, 0.17) * high,
            y - high * c.chance.uniform(0.5, 0.95),
            high * c.chance.uniform(0.11, 0.17),
            mixed(leaves, "#fff3c9", c.chance.uniform(0, 0.25)),
        )


def island(
    c: Canvas, x: float, y: float, wide: float, rock: Colour, green: Colour | None
) -> None:
    """A skerry from x on, on the waterline y; with trees if `green` is given."""
    high = wide * 0.13
    top = [
        (
            x + wide * t / 24,
            y
            - high
            * math.sin(math.pi * t / 24) ** 0.6
            * (0.8 + 0.2 * math.sin(t * 1.7)),
        )
        for t in range(25)
    ]
    if green:
        for _ in range(int(wide / 13)):
            t = c.chance.uniform(0.16, 0.84)
            size = wide * c.chance.uniform(0.13, 0.26)
            shade = mixed(green, "#10202a", c.chance.uniform(0, 0.35))
            pine(c, x + wide * t, y - high * 0.7, size, shade)
    c.shape([*top, (x + wide, y + 3), (x, y + 3)], rock)
    c.shape(
        [(x + wide * 0.1, y + 3), *top[6:20:3], (x + wide * 0.8, y + 3)],
        mixed(rock, WHITE, 0.14),
    )


def cottage(
    c: Canvas, x: float, y: float, size: float, wall: Colour = RED, *, lit: bool = False
) -> None:
    """A small house standing on y, 120 * size wide."""
    c.box(x, y - 62 * size, 120 * size, 62 * size, wall)
    c.shape(
        [
            (x - 12 * size, y - 58 * size),
            (x + 60 * size, y - 112 * size),
            (x + 132 * size, y - 58 * size),
        ],
        "#3b3f45",
    )
    c.box(x + 84 * size, y - 112 * size, 14 * size, 34 * size, "#6d4a3d")
    for left in (16, 76):
        c.box(x + left * size, y - 46 * size, 28 * size, 28 * size, WHITE)
        c.box(
            x + (left + 3) * size,
            y - 43 * size,
            22 * size,
            22 * size,
            "#ffd98a" if lit else "#8fb0bb",
        )
    c.box(x + 50 * size, y - 42 * size, 20 * size, 42 * size, WHITE)


def lighthouse(
    c: Canvas, x: float, y: float, size: float, *, lit: bool = False
) -> None:
    """A lighthouse whose foot is at (x, y), 330 * size high."""
    if lit:
        c.glow(x, y - 296 * size, 240 * size, "#ffe6ad", 0.75)
    half = (44, 30)
    c.shape(
        [
            (x - half[0] * size, y),
            (x - half[1] * size, y - 260 * size),
            (x + half[1] * size, y - 260 * size),
            (x + half[0] * size, y),
        ],
        WHITE,
    )
    _stripes(c, x, y, size, half)
    c.box(x - 42 * size, y - 270 * size, 84 * size, 12 * size, INK, 3)
    c.box(
        x - 22 * size,
        y - 310 * size,
        44 * size,
        42 * size,
        "#ffe9b0" if lit else "#a9c3c9",
    )
    c.shape(
        [
            (x - 30 * size, y - 308 * size),
            (x, y - 342 * size),
            (x + 30 * size, y - 308 * size),
        ],
        RED,
    )


def _stripes(c: Canvas, x: float, y: float, size: float, half: tuple[int, int]) -> None:
    for low, top in ((60, 110), (160, 210)):
        a, b = (half[0] - (half[0] - half[1]) * h / 260 for h in (low, top))
        c.shape(
            [
                (x - a * size, y - low * size),
                (x - b * size, y - top * size),
                (x + b * size, y - top * size),
                (x + a * size, y - low * size),
            ],
            RED,
        )


def gull(c: Canvas, x: float, y: float, size: float, fill: Colour = WHITE) -> None:
    c.curve(
        [
            (x - 22 * size, y - 6 * size),
            (x - 10 * size, y - 12 * size),
            (x, y),
            (x + 10 * size, y - 12 * size),
            (x + 22 * size, y - 6 * size),
        ],
        3.4 * size,
        fill,
    )


def person(
    c: Canvas,
    x: float,
    y: float,
    size: float,
    coat: Colour,
    skin: Colour,
    hair: Colour,
    *,
    vest: bool = False,
) -> None:
    """Somebody standing on y, 240 * size tall, drawn without a face."""
    for side in (-1, 1):
        c.box(
            x + (side * 18 - 14) * size,
            y - 92 * size,
            28 * size,
            92 * size,
            "#2b3a46",
            8 * size,
        )
    c.box(x - 46 * size, y - 186 * size, 92 * size, 108 * size, coat, 26 * size)
    for side in (-1, 1):
        c.stroke(
            [
                (x + side * 40 * size, y - 166 * size),
                (x + side * 54 * size, y - 104 * size),
            ],
            24 * size,
            mixed(coat, INK, 0.14),
        )
        c.disc(x + side * 55 * size, y - 92 * size, 11 * size, skin)
    if vest:
        c.box(x - 46 * size, y - 138 * size, 92 * size, 11 * size, "#fff6cf")
        c.box(x - 46 * size, y - 112 * size, 92 * size, 11 * size, "#fff6cf")
    _head(c, x, y, size, skin, hair)


def _head(
    c: Canvas, x: float, y: float, size: float, skin: Colour, hair: Colour
) -> None:
    c.box(x - 12 * size, y - 202 * size, 24 * size, 26 * size, mixed(skin, INK, 0.12))
    c.disc(x, y - 220 * size, 31 * size, hair)
    c.oval(x, y - 213 * size, 25 * size, 27 * size, skin)
    c.shape(
        [
            (x - 27 * size, y - 222 * size),
            (x - 18 * size, y - 248 * size),
            (x + 20 * size, y - 248 * size),
            (x + 27 * size, y - 222 * size),
            (x + 4 * size, y - 232 * size),
        ],
        hair,
    )


def loaf(c: Canvas, x: float, y: float, wide: float, crust: Colour) -> None:
    """A loaf lying on y."""
    high = wide * 0.42
    c.oval(x, y - high * 0.5, wide / 2, high / 2, mixed(crust, INK, 0.22))
    c.oval(x, y - high * 0.56, wide / 2, high / 2, crust)
    for n in (-1, 0, 1):
        middle = x + n * wide * 0.22
        c.curve(
            [
                (middle - wide * 0.06, y - high * 0.32),
                (middle, y - high * 0.62),
                (middle + wide * 0.1, y - high * 0.88),
            ],
            wide * 0.035,
            mixed(crust, "#fff0d0", 0.6),
        )


def steam(c: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    for n in range(3):
        left = x + (n - 1) * 26 * size
        c.curve(
            [
                (left, y),
                (left + 12 * size, y - 34 * size),
                (left - 8 * size, y - 70 * size),
                (left + 8 * size, y - 108 * size),
            ],
            5 * size,
            fill,
        )
