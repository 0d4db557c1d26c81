"""Pictures of work: engine room, quay, dock, office."""

import math

from pesue.demo.draw.canvas import HEIGHT, WIDTH, Canvas, mixed
from pesue.demo.draw.things import (
    GOLD,
    INK,
    RED,
    WHITE,
    ferry,
    gull,
    person,
)

SKINS = ("#f0c9a8", "#d9a27c", "#8f5f43", "#f3d3b8")


def engine(c: Canvas) -> None:
    c.sky(["#21444a", "#2d5a5c"], 0, HEIGHT)
    c.glow(640, 40, 420, "#d9f0d9", 0.35)
    for y, tone in ((90, "#c4863d"), (140, "#8fa7a3"), (520, "#a8482f")):
        c.stroke([(-20, y), (1300, y)], 26, tone)
        for x in (200, 540, 900, 1160):
            c.box(x, y - 20, 26, 40, mixed(tone, INK, 0.3), 4)
    c.stroke([(1080, 90), (1080, 520)], 24, "#c4863d")
    for n in range(5):
        x = 150 + n * 176
        c.box(x, 240, 150, 230, "#d9d3c2", 16)
        c.box(x + 18, 262, 114, 50, "#e9e4d5", 8)
        c.disc(x + 75, 372, 46, "#b7b1a1")
        c.disc(x + 75, 372, 30, "#8d8a7f")
    c.box(110, 460, 930, 150, "#3b6f6d", 18)
    for x in (1190, 1090):
        c.disc(x, 290, 58, "#1b2f33")
        c.disc(x, 290, 50, WHITE)
        c.stroke([(x, 290), (x + 24, 262)], 6, RED)
    c.ring(1150, 430, 62, 62, 13, RED)
    for turn in range(3):
        a = turn * math.pi / 3
        c.stroke(
            [
                (1150 - math.cos(a) * 56, 430 - math.sin(a) * 56),
                (1150 + math.cos(a) * 56, 430 + math.sin(a) * 56),
            ],
            9,
            RED,
        )
    c.box(0, 640, WIDTH, 90, "#14292d")
    for n in range(40):
        c.box(n * 34, 640, 4, 90, "#1f3a3e")
    person(c, 330, 660, 1.25, "#d8622f", SKINS[0], "#5a4436", vest=True)


def charging(c: Canvas) -> None:
    """A ferry at the quay, charging from land."""
    c.sky(["#9fc9d3", "#dcebe3", "#fbf0d8"], 0, 420)
    c.sea(420, "#3a7d8c", "#a9d1cf", "#f4f8ec")
    ferry(c, 120, 500, 1.25, hull="#2f7d6b")
    c.box(700, 540, 600, 200, "#8f8a80")
    c.box(690, 528, 600, 18, "#b5afa2")
    c.box(940, 300, 150, 236, "#f4efe2", 16)
    c.box(962, 326, 106, 70, "#1f3b3b", 8)
    c.shape(
        [(1020, 332), (990, 366), (1012, 366), (1004, 392), (1040, 354), (1016, 354)],
        "#f2c95a",
    )
    c.curve([(944, 460), (860, 540), (780, 470), (706, 432)], 15, INK)
    c.box(676, 408, 44, 44, "#f2c95a", 8)
    for n in range(4):
        c.box(966, 416 + n * 22, 98 - n * 16, 11, "#2f7d6b", 4)
    person(c, 1180, 540, 0.92, "#e9b93a", SKINS[2], "#1f1a18", vest=True)


def quay(c: Canvas) -> None:
    c.sky(["#f0c7a0", "#f7e2c4"], 0, 360)
    c.sea(360, "#40718a", "#e3c3a4", "#fff1dc")
    c.shape([(0, 120), (560, 150), (520, 520), (0, 540)], "#24435a")
    c.shape([(0, 170), (553, 196), (549, 224), (0, 200)], RED)
    for x in (120, 260, 400):
        c.disc(x, 320, 24, "#b9d0d3")
        c.disc(x, 320, 17, "#56788a")
    c.box(0, 540, WIDTH, 190, "#a3988a")
    for n in range(8):
        c.box(n * 170, 540, 4, 190, "#8f8577")
    c.box(0, 530, WIDTH, 16, "#c5bbab")
    c.oval(930, 560, 96, 22, "#2b2f33")
    c.box(880, 440, 100, 120, "#363c42", 20)
    c.oval(930, 440, 78, 26, "#454c53")
    c.curve(
        [
            (520, 300),
            (640, 440),
            (790, 500),
            (876, 486),
            (986, 500),
            (1000, 530),
            (880, 536),
        ],
        19,
        "#d9b98a",
    )
    c.curve([(520, 300), (640, 440), (790, 500), (876, 486)], 5, "#b5905f")
    gull(c, 760, 130, 1.5)
    gull(c, 900, 190, 1)
    c.oval(1090, 500, 34, 22, WHITE)
    c.disc(1118, 478, 15, WHITE)
    c.shape([(1130, 476), (1150, 482), (1130, 486)], GOLD)
    c.stroke([(1086, 520), (1086, 536)], 4, GOLD)


def dock(c: Canvas) -> None:
    c.sky(["#8fa3ab", "#cdd5d1"], 0, HEIGHT)
    c.shape([(0, 0), (120, 0), (170, HEIGHT), (0, HEIGHT)], "#6d737a")
    c.shape([(WIDTH, 0), (1160, 0), (1110, HEIGHT), (WIDTH, HEIGHT)], "#6d737a")
    for n in range(7):
        c.box(0, n * 110 + 20, 130 + n * 6, 10, "#5a6067")
        c.box(1150 - n * 6, n * 110 + 20, 160, 10, "#5a6067")
    c.shape([(250, 0), (1030, 0), (960, 330), (640, 560), (320, 330)], "#2c4b61")
    c.shape([(302, 250), (978, 250), (960, 330), (640, 560), (320, 330)], "#a8402c")
    c.box(626, 470, 28, 140, "#8a3324", 8)
    for x in (470, 810):
        for turn in range(4):
            a = turn * math.pi / 2 + 0.5
            c.oval(x + math.cos(a) * 54, 500 + math.sin(a) * 54, 36, 36, "#d2a24c")
        c.disc(x, 500, 26, "#a97a2f")
    c.box(0, 650, WIDTH, 90, "#8b8f8c")
    for x in (380, 560, 720, 900):
        c.box(x - 40, 606, 80, 56, "#6c4f3b")
    person(c, 260, 668, 0.8, "#e9b93a", SKINS[0], "#222222", vest=True)
    person(c, 1020, 668, 0.8, "#3d6f8c", SKINS[3], "#b98a4a", vest=True)


def bicycle(c: Canvas) -> None:
    c.sky(["#8cc3d6", "#d6ebe6"], 0, 350)
    c.hills(350, 50, "#7fa593")
    c.sea(350, "#2f7a93", "#a8d3d6", "#f3faf2")
    for y in (300, 370, 440, 510):
        c.stroke([(-20, y), (1300, y)], 9 if y > 300 else 16, WHITE)
    for x in range(60, 1300, 220):
        c.box(x, 300, 12, 290, WHITE)
    c.box(0, 580, WIDTH, 160, "#4f7f70")
    c.box(0, 572, WIDTH, 12, "#6a9a88")
    for x in (430, 800):
        c.ring(x, 540, 112, 112, 11, INK)
        for turn in range(8):
            a = turn * math.pi / 8
            c.stroke(
                [
                    (x - math.cos(a) * 102, 540 - math.sin(a) * 102),
                    (x + math.cos(a) * 102, 540 + math.sin(a) * 102),
                ],
                1.6,
                "#7a8488",
            )
    for path in (
        [(430, 540), (530, 360), (740, 360), (600, 540), (430, 540)],
        [(530, 360), (600, 540)],
        [(800, 540), (726, 312)],
    ):
        c.stroke(path, 14, RED)
    c.stroke([(522, 344), (512, 320)], 10, INK)
    c.box(474, 304, 84, 20, "#5a3b2a", 10)
    c.curve([(726, 312), (700, 292), (668, 300)], 11, INK)
    c.box(756, 330, 120, 88, "#c79a63", 12)
    for n in range(4):
        c.box(756, 344 + n * 20, 120, 4, "#a87d4a")
    for x, tone in ((786, "#e6b34c"), (816, "#d65f43"), (846, "#f3e4c2")):
        c.disc(x, 322, 19, tone)


def colleagues(c: Canvas) -> None:
    c.sky(["#f3cfa6", "#fae8cd"], 0, 400)
    c.disc(1030, 190, 66, "#fff3d6")
    c.sea(400, "#4a7f93", "#ecc9a2", "#fff4e0")
    ferry(c, 700, 440, 0.8)
    c.box(0, 600, WIDTH, 140, "#9a8f82")
    c.box(0, 590, WIDTH, 16, "#bcb2a4")
    coats = ("#3d6f8c", "#d8622f", "#5a8a6c", "#e9b93a")
    hairs = ("#b98a4a", "#2a211d", "#d9c9b4", "#5a3424")
    for n, x in enumerate((190, 345, 505, 660)):
        person(
            c,
            x,
            670,
            1.5 + (n * 7 % 4) * 0.05,
            coats[n],
            SKINS[n],
            hairs[n],
            vest=n in (1, 3),
        )


def service(c: Canvas) -> None:
    c.sky(["#e9ddcb", "#ddcdb6"], 0, HEIGHT)
    c.box(760, 60, 420, 380, "#fbf7ec", 12)
    c.box(778, 78, 384, 344, "#a9cdd6", 6)
    c.box(778, 300, 384, 122, "#5b93a4")
    ferry(c, 830, 326, 0.42)
    person(c, 430, 720, 1.9, "#a8482f", SKINS[2], "#231a17")
    c.ring(430, 312, 62, 66, 9, "#2b2f33")
    c.box(360, 300, 24, 48, "#2b2f33", 10)
    c.box(476, 300, 24, 48, "#2b2f33", 10)
    c.curve([(488, 344), (478, 372), (452, 378)], 6, "#2b2f33")
    c.box(0, 560, WIDTH, 170, "#b98a5f")
    c.box(0, 552, WIDTH, 14, "#d3a679")
    c.box(610, 400, 330, 176, "#3a4147", 14)
    c.box(624, 414, 302, 148, "#557f8c", 8)
    for n in range(4):
        c.box(646, 436 + n * 28, 190 - n * 34, 11, "#d6e8e6", 5)
    c.box(1040, 470, 90, 96, "#8f5a3c", 12)
    for n in range(9):
        a = math.pi * (0.1 + n * 0.1)
        c.curve(
            [
                (1085, 470),
                (1085 + math.cos(a) * 60, 470 - math.sin(a) * 70),
                (1085 + math.cos(a) * 110, 470 - math.sin(a) * 120),
            ],
            15,
            c.chance.choice(["#4f7f57", "#5f9366", "#3f6d4c"]),
        )
    c.box(180, 500, 66, 66, WHITE, 12)
    c.ring(252, 530, 18, 20, 8, WHITE)


def cleaning(c: Canvas) -> None:
    """A ship's corridor at night."""
    c.sky(["#3a4658", "#4b5567"], 0, HEIGHT)
    c.shape([(0, 0), (WIDTH, 0), (800, 200), (480, 200)], "#566177")
    c.shape([(0, HEIGHT), (WIDTH, HEIGHT), (800, 500), (480, 500)], "#7a3f3c")
    c.shape([(300, HEIGHT), (980, HEIGHT), (720, 500), (560, 500)], "#8f4b45")
    c.box(480, 200, 320, 300, "#647089")
    c.box(560, 260, 160, 240, "#2f3a4d", 8)
    c.disc(640, 310, 28, "#e9d9a5")
    for side, xs in ((0, (40, 220, 360)), (1, (1240, 1060, 920))):
        for n, x in enumerate(xs):
            wide, top = (130, 96, 66)[n], (120, 160, 186)[n]
            left = x if side == 0 else x - wide
            c.box(left, top, wide, (560, 420, 330)[n], "#c9a06c", 8)
            c.disc(
                left + (wide - 16 if side == 0 else 16),
                top + (300, 220, 170)[n],
                6,
                "#f2dfae",
            )
    for x, y, r in ((640, 60, 200), (640, 150, 120)):
        c.glow(x, y, r, "#fff0c9", 0.55)
    person(c, 560, 700, 1.35, "#5a8a6c", SKINS[3], "#6d3b2a")
    c.box(700, 500, 170, 170, "#e0b13f", 14)
    c.box(716, 470, 138, 40, "#f4efe2", 8)
    c.stroke([(640, 440), (672, 690)], 9, "#d9c9a8")
    c.shape([(630, 690), (720, 690), (704, 712), (640, 712)], WHITE)
    for x in (730, 840):
        c.disc(x, 680, 17, INK)


SCENES = {
    "engine": engine,
    "charging": charging,
    "quay": quay,
    "dock": dock,
    "bicycle": bicycle,
    "colleagues": colleagues,
    "service": service,
    "cleaning": cleaning,
}
