"""Pictures of the galley and its bakery."""

import math

from pesue.demo.draw.canvas import HEIGHT, WIDTH, Canvas, mixed
from pesue.demo.draw.things import (
    WHITE,
    gull,
    loaf,
    person,
    steam,
)

SKINS = ("#f0c9a8", "#d9a27c", "#8f5f43", "#f3d3b8")


def rye(c: Canvas) -> None:
    """Round rye breads with a hole, drying on a pole."""
    c.sky(["#e8d3b4", "#dcbf98"], 0, HEIGHT)
    for n in range(9):
        c.box(n * 150 - 20, 0, 4, HEIGHT, "#cfae85")
    c.glow(980, 180, 300, "#fff1cf", 0.7)
    c.stroke([(-20, 300), (1300, 270)], 22, "#7b5637")
    for n in range(7):
        x, y = 110 + n * 178, 330 - n * 5
        r = 84 + (n * 31 % 14)
        tone = c.chance.choice(["#6f432a", "#7c4d30", "#65402b"])
        c.oval(x + 8, y + 12, r, r * 1.08, "#bf9a70")
        c.oval(x, y, r, r * 1.08, tone)
        c.oval(x, y - 4, r * 0.9, r * 0.97, mixed(tone, "#d9b48a", 0.22))
        for _ in range(26):
            turn, far = c.chance.uniform(0, 6.3), c.chance.uniform(0.4, 0.85)
            c.disc(
                x + math.cos(turn) * r * far,
                y + math.sin(turn) * r * far,
                2.6,
                "#ead6b4",
            )
        c.oval(x, y - 26, 19, 21, "#dcbf98")
        c.stroke([(x - 24, 302 - n * 5), (x + 24, 300 - n * 5)], 22, "#7b5637")
    c.box(0, 590, WIDTH, 140, "#a97c52")
    c.box(0, 584, WIDTH, 12, "#c4966a")
    loaf(c, 300, 640, 260, "#8a5733")
    loaf(c, 620, 660, 300, "#a4693c")
    loaf(c, 960, 640, 250, "#7d4b2c")


def buns(c: Canvas) -> None:
    """A tray of cinnamon buns."""
    c.sky(["#f2d9bd", "#e9c7a2"], 0, HEIGHT)
    c.box(90, 90, 1100, 560, "#5c6469", 30)
    c.box(112, 110, 1056, 520, "#767f84", 22)
    c.box(130, 128, 1020, 484, "#efe6d6", 10)
    for row in range(3):
        for n in range(6):
            x, y = 222 + n * 167 + c.chance.uniform(-6, 6), 210 + row * 160
            tone = c.chance.choice(["#c07a3d", "#b87035", "#cb8848"])
            c.oval(x + 4, y + 9, 72, 66, "#d8c7ac")
            c.oval(x, y, 72, 66, mixed(tone, "#5a2f18", 0.3))
            c.oval(x, y - 4, 69, 61, tone)
            path = [
                (
                    x + math.cos(t / 5) * (7 + t * 1.5),
                    y - 5 + math.sin(t / 5) * (6 + t * 1.32),
                )
                for t in range(34)
            ]
            c.stroke(path, 8, "#7a431f")
            c.curve(
                [(x - 44, y - 34), (x - 20, y - 52), (x + 12, y - 54)], 6, "#edbf83"
            )
            for _ in range(9):
                c.disc(
                    x + c.chance.uniform(-42, 42),
                    y + c.chance.uniform(-40, 32),
                    4.4,
                    "#fffaf0",
                )


def bakery(c: Canvas) -> None:
    """Four in the morning: the oven is the only light."""
    c.sky(["#33374a", "#463c45"], 0, HEIGHT)
    c.box(80, 90, 300, 240, "#1d2a40", 8)
    c.disc(300, 150, 26, "#f1e9cf")
    for x, y in ((130, 140), (190, 210), (240, 130), (150, 270)):
        c.disc(x, y, 2.4, "#dfe6e2")
    c.box(225, 90, 8, 240, "#5a4a4c")
    c.box(80, 205, 300, 8, "#5a4a4c")
    c.box(620, 60, 560, 470, "#6b5450", 20)
    c.glow(900, 330, 400, "#ff9c4a", 0.75)
    c.box(690, 210, 420, 220, "#2a1712", 110)
    c.box(706, 226, 388, 190, "#f08a3c", 95)
    c.box(726, 300, 348, 110, "#ffc26a", 55)
    for x in (790, 900, 1010):
        loaf(c, x, 408, 104, "#b5692f")
    c.box(640, 100, 520, 44, "#7d625c", 8)
    person(c, 480, 566, 1.35, "#efe8da", SKINS[1], "#3a2a22")
    c.box(443, 226, 74, 30, "#fbf6ea", 12)
    c.stroke([(560, 420), (800, 388)], 8, "#c79d6f")
    c.box(0, 560, WIDTH, 170, "#8d6a4f")
    c.box(0, 552, WIDTH, 14, "#b28a68")
    for x, wide, tone in (
        (140, 190, "#b87a42"),
        (330, 210, "#a4683a"),
        (540, 190, "#c58b4f"),
    ):
        loaf(c, x, 610, wide, tone)


def coffee(c: Canvas) -> None:
    c.sky(["#f1e3cf", "#e9d5ba"], 0, HEIGHT)
    c.box(120, 60, 800, 420, "#fbf7ec", 16)
    c.box(140, 80, 760, 380, "#bcd9df", 8)
    c.box(140, 290, 760, 170, "#5f97a6")
    c.shape([(140, 300), (300, 262), (470, 296), (640, 270), (900, 300)], "#7a9c86")
    for n in range(14):
        c.box(160 + (n * 97) % 640, 316 + n * 9, 80, 3, "#d9ebe8", 2)
    gull(c, 640, 160, 1.3)
    gull(c, 480, 200, 0.9)
    c.box(512, 60, 14, 420, "#fbf7ec")
    c.box(0, 500, WIDTH, 230, "#b98a5f")
    c.box(0, 494, WIDTH, 12, "#d3a679")
    c.oval(930, 640, 210, 44, "#a47850")
    c.oval(930, 626, 200, 42, WHITE)
    c.box(820, 440, 210, 176, "#2f5d73", 54)
    c.ring(1046, 520, 46, 50, 18, "#2f5d73")
    c.oval(925, 446, 103, 26, "#26495b")
    c.oval(925, 448, 90, 20, "#4a2c1c")
    steam(c, 910, 410, 1.3, "#fffaf0")
    c.oval(420, 630, 190, 36, WHITE)
    for n in range(3):
        c.oval(330 + n * 92, 604, 56, 38, "#b9733a")
        c.oval(330 + n * 92, 600, 22, 14, "#7a431f")


def soup(c: Canvas) -> None:
    c.sky(["#dfe7e0", "#cbd8d0"], 0, HEIGHT)
    for n in range(13):
        c.box(n * 110, 0, 46, HEIGHT, "#d3ded6")
    c.oval(648, 392, 420, 300, "#b6c3ba")
    c.oval(640, 376, 420, 296, "#2f5d73")
    c.oval(640, 370, 372, 256, "#f7efdc")
    c.oval(640, 376, 346, 234, "#f8e3bb")
    for _ in range(15):
        turn, far = c.chance.uniform(0, 6.3), c.chance.uniform(0.1, 0.8)
        x, y = 640 + math.cos(turn) * 300 * far, 376 + math.sin(turn) * 190 * far
        c.box(
            x - 34,
            y - 22,
            68,
            44,
            c.chance.choice(["#f0936b", "#ee8760", "#f6d98c"]),
            12,
        )
    for _ in range(20):
        x, y = c.chance.uniform(400, 880), c.chance.uniform(230, 520)
        for _blade in range(4):
            c.stroke(
                [(x, y), (x + c.chance.uniform(-22, 22), y - c.chance.uniform(8, 24))],
                3,
                "#5f8f4a",
            )
    c.stroke([(1120, 120), (1120, 600)], 17, "#8b9194")
    c.oval(1120, 140, 40, 64, "#a3a9ab")
    loaf(c, 170, 420, 250, "#7d4b2c")


SCENES = {
    "rye": rye,
    "buns": buns,
    "bakery": bakery,
    "coffee": coffee,
    "soup": soup,
}
