"""Pictures out at sea, through the hours and the seasons."""

from pesue.demo.draw.canvas import HEIGHT, WIDTH, Canvas, mixed
from pesue.demo.draw.things import (
    INK,
    RED,
    WHITE,
    birch,
    cottage,
    ferry,
    gull,
    island,
    lighthouse,
    pine,
    wake,
)


def dawn(c: Canvas) -> None:
    c.sky(["#3f5c78", "#8f8fa0", "#e9b49a", "#ffdcb0"], 0, 400)
    c.glow(930, 372, 260, "#fff0c4", 0.85)
    c.disc(930, 372, 46, "#fff3d2")
    c.hills(400, 46, "#7d7c8e")
    c.sea(400, "#2f4d63", "#e2ab95", "#ffe9c9")
    island(c, -60, 430, 420, "#5b5560", "#39505a")
    ferry(c, 420, 520, 1.05, hull="#21394c", lit=True)
    wake(c, 420, 524, 1.05, "#d9b7a8")
    island(c, 1010, 640, 420, "#4a4753", None)


def summer(c: Canvas) -> None:
    c.sky(["#6db3d6", "#a8d8e6", "#e8f4ea"], 0, 380)
    for x, y, r in (
        (220, 120, 40),
        (270, 100, 56),
        (330, 124, 42),
        (900, 80, 34),
        (950, 64, 48),
    ):
        c.disc(x, y, r, "#f6fbf6")
    c.hills(380, 40, "#8fb7ad")
    c.sea(380, "#1f6f8f", "#9fd2da", "#f2fbf5")
    island(c, 720, 404, 520, "#b79a86", "#3f7a58")
    cottage(c, 900, 372, 0.62)
    ferry(c, 190, 560, 1.3, hull="#1e5a7a")
    wake(c, 190, 566, 1.3, "#d8eff0")
    for x, y, s in ((640, 190, 1.2), (760, 140, 0.8), (560, 120, 0.7), (1080, 210, 1)):
        gull(c, x, y, s)


def night(c: Canvas) -> None:
    c.sky(["#0d1b2e", "#16304a", "#2f5064"], 0, 390)
    for _ in range(130):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, 340),
            c.chance.uniform(0.6, 1.9),
            "#dbe4e4",
        )
    c.glow(1010, 120, 190, "#dfe6d6", 0.5)
    c.disc(1010, 120, 44, "#f4efdc")
    c.hills(390, 34, "#14283a")
    c.sea(390, "#0a1a2b", "#2a4a5e", "#f0d9a0")
    c.glow(560, 470, 330, "#ffcf83", 0.42)
    ferry(c, 280, 520, 1.15, hull="#101f2e", upper="#e6dccb", lit=True)
    for n in range(46):
        c.box(
            300 + c.chance.uniform(0, 540),
            532 + n * 3.4,
            c.chance.uniform(8, 60),
            2.6,
            mixed("#ffd28a", "#0f2233", n / 60),
            2,
        )


def winter(c: Canvas) -> None:
    c.sky(["#a8bccb", "#d5dde0", "#f6ead9"], 0, 370)
    c.glow(300, 350, 200, "#ffe7bd", 0.8)
    c.hills(370, 44, "#a9b7bf")
    c.sky(["#e3e9ea", "#f4f5f1"], 370, HEIGHT)
    c.shape([(520, 372), (600, 372), (980, HEIGHT), (300, HEIGHT)], "#46687a")
    for _ in range(90):
        depth = c.chance.random()
        y = 380 + depth * 330
        x = 560 + c.chance.uniform(-1, 1) * (30 + 330 * depth)
        s = 5 + 34 * depth
        c.shape(
            [
                (x, y),
                (x + s, y - s * 0.25),
                (x + s * 1.7, y + s * 0.1),
                (x + s * 0.9, y + s * 0.45),
            ],
            c.chance.choice(["#eef2f1", "#dfe8ea", "#fbfaf5"]),
        )
    ferry(c, 360, 500, 1.1, hull="#8f3526")
    island(c, 960, 430, 420, "#e9ecea", "#6f8d92")
    for _ in range(120):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, HEIGHT),
            c.chance.uniform(1, 3.4),
            "#ffffff",
        )


def storm(c: Canvas) -> None:
    c.sky(["#4c5a63", "#75828a", "#a9b0ac"], 0, 420)
    for n in range(26):
        x, y = c.chance.uniform(-80, WIDTH), c.chance.uniform(10, 190)
        c.oval(x, y, 150, 30, mixed("#5d6a73", "#8d979a", n / 40))
    c.sea(400, "#22434e", "#5f7a7f", "#cbd6d2")
    ferry(c, 360, 500, 1.1, hull="#2a3f4c", lit=True)
    for row in range(5):
        y, high = 470 + row * 56, 20 + row * 9
        tops = [
            (
                x,
                y
                - high * abs(((x / (170 + row * 30) + row * 0.37) % 1) * 2 - 1) ** 1.7,
            )
            for x in range(-20, WIDTH + 40, 12)
        ]
        tone = mixed("#3f626b", "#17313b", row / 5)
        c.shape([(-20, HEIGHT), *tops, (WIDTH + 20, HEIGHT)], tone)
        for x, top in tops:
            if top < y - high * 0.72:
                c.oval(x, top + 2, 13, 3.4, "#dfe7e2")
    for _ in range(160):
        x, y = c.chance.uniform(0, WIDTH), c.chance.uniform(0, 620)
        c.stroke([(x, y), (x - 9, y + 26)], 1.1, "#c3cccb")


def archipelago(c: Canvas) -> None:
    c.sky(["#f3c58f", "#f8dcb2", "#fdeed3"], 0, 330)
    c.disc(1040, 170, 60, "#fff4d8")
    c.hills(330, 46, "#c2a995")
    c.sea(330, "#3f7f92", "#f2d2a6", "#fff3d6")
    island(c, -80, 380, 460, "#a98672", "#557f63")
    cottage(c, 90, 345, 0.6, "#a8402a")
    island(c, 820, 420, 560, "#98745f", "#3f6d55")
    island(c, 250, 610, 640, "#8c6a58", None)
    cottage(c, 420, 548, 1.05)
    cottage(c, 590, 556, 0.8, "#c9913f")
    birch(c, 770, 566, 210, "#6f9a5b")
    c.box(690, 588, 170, 10, "#7a5a46")
    for x in (710, 770, 840):
        c.box(x, 590, 8, 44, "#5f4536")
    c.shape([(880, 612), (1030, 612), (1004, 640), (900, 640)], WHITE)
    c.stroke([(950, 612), (950, 486)], 5, INK)
    c.shape([(956, 492), (956, 600), (1028, 600)], "#fbf2df")


def autumn(c: Canvas) -> None:
    c.sky(["#9bb0b5", "#cfd3c6", "#f2e2c2"], 0, 360)
    c.hills(360, 60, "#a99c86")
    c.sea(360, "#37586a", "#c9ccb9", "#f7ecd2")
    for x, wide in ((-60, 420), (520, 300), (900, 460)):
        island(c, x, 400, wide, "#8a7564", "#6a6a45")
    island(c, 90, 650, 940, "#7a6555", None)
    for x, high in (
        (250, 230),
        (330, 300),
        (430, 250),
        (700, 310),
        (800, 240),
        (590, 200),
    ):
        birch(c, x, 590, high, c.chance.choice(["#dfa23a", "#e3b451", "#c9762f"]))
    cottage(c, 480, 566, 0.9, "#8f3b28", lit=True)
    pine(c, 900, 590, 210, "#3f5a4a")


def lighthouse_dusk(c: Canvas) -> None:
    c.sky(["#2c3c5c", "#6a5f80", "#c98a83", "#f5c08f"], 0, 450)
    c.hills(450, 22, "#6b5a70")
    c.sea(450, "#23344c", "#c48b80", "#ffd9a8")
    island(c, 560, 590, 700, "#4c4350", None)
    lighthouse(c, 880, 524, 1.1, lit=True)
    cottage(c, 960, 534, 0.7, "#7c3428", lit=True)
    ferry(c, 60, 480, 0.42, hull="#2a2f45", lit=True)


def northern_lights(c: Canvas) -> None:
    c.sky(["#071a26", "#0d3038", "#1c4a4c"], 0, 440)
    for _ in range(150):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, 400),
            c.chance.uniform(0.6, 1.7),
            "#cfe4dc",
        )
    for x in range(-60, 1340, 16):
        wave = 60 * ((x / 260) % 2 - 1) ** 2
        c.glow(
            x,
            170 + wave + c.chance.uniform(-26, 26),
            84,
            c.chance.choice(["#58d69a", "#7fe8b4", "#63b9c9"]),
            0.16,
        )
    c.hills(440, 40, "#0a1e24")
    c.sea(440, "#06151c", "#2a6a62", "#9fe6c1")
    island(c, 700, 600, 640, "#0c1a1f", "#0c1f22")
    island(c, -120, 480, 460, "#0b1c21", "#0b2023")
    ferry(c, 300, 505, 0.6, hull="#0c1a24", upper="#d8d2c2", lit=True)


def eiders(c: Canvas) -> None:
    c.sky(["#cfe3e6", "#f4efe0"], 0, 300)
    c.sea(300, "#4f8fa0", "#cfe0dc", "#fbfaf0")
    island(c, -140, 610, 1180, "#a98f80", None)
    for x, y, s, male in (
        (330, 500, 1.2, True),
        (520, 490, 1.1, False),
        (690, 512, 1, True),
        (900, 640, 0.9, False),
        (1010, 650, 0.8, True),
    ):
        body = "#f6f3ea" if male else "#8a6a50"
        c.oval(x, y, 74 * s, 36 * s, "#23282d" if male else "#74573f")
        c.oval(x - 4 * s, y - 13 * s, 64 * s, 26 * s, body)
        c.disc(x + 58 * s, y - 46 * s, 25 * s, body)
        if male:
            c.shape(
                [
                    (x + 34 * s, y - 56 * s),
                    (x + 58 * s, y - 74 * s),
                    (x + 84 * s, y - 54 * s),
                    (x + 60 * s, y - 50 * s),
                ],
                "#23282d",
            )
        c.shape(
            [
                (x + 78 * s, y - 50 * s),
                (x + 112 * s, y - 36 * s),
                (x + 80 * s, y - 32 * s),
            ],
            "#c58b3c",
        )
        c.disc(x + 66 * s, y - 50 * s, 3 * s, INK)


def bridge(c: Canvas) -> None:
    c.sky(["#7fb0c6", "#c9dfe0", "#f6e8cd"], 0, 360)
    c.hills(360, 40, "#8aa6a6")
    c.sea(360, "#2f6f86", "#a9cdd0", "#f4f6ea")
    island(c, 760, 384, 420, "#96806f", "#4a7560")
    lighthouse(c, 340, 368, 0.42)
    c.shape([(420, 560), (860, 560), (640, 420)], "#b6412c")
    c.box(0, 0, WIDTH, 70, "#26333c")
    for x in (-30, 290, 610, 930, 1250):
        c.box(x, 0, 46, 560, "#26333c")
    c.box(0, 520, WIDTH, 220, "#2f3d47")
    c.box(0, 512, WIDTH, 16, "#44545f")
    for n, tone in enumerate(("#2d6b5c", "#244d66", "#2d6b5c")):
        c.box(150 + n * 340, 566, 260, 124, "#1b252c", 12)
        c.box(162 + n * 340, 576, 236, 104, tone, 8)
    c.ring(622, 628, 44, 44, 3, "#9fd8bd")
    c.ring(622, 628, 22, 22, 2, "#9fd8bd")
    c.stroke([(622, 628), (652, 600)], 3, "#d6f2df")
    for n in range(9):
        c.box(182 + n * 24, 664 - (n * 37 % 60), 13, 12 + (n * 37 % 60), "#8fd0a8", 3)
    c.curve(
        [(860, 660), (900, 630), (950, 646), (1000, 606), (1050, 620)], 5, "#f0c674"
    )


def rescue(c: Canvas) -> None:
    c.sky(["#86a9b8", "#c9d8d6", "#efe6d4"], 0, 350)
    c.hills(350, 36, "#91a5a2")
    c.sea(350, "#2c5f73", "#a5c1c2", "#f1f3e8")
    ferry(c, 700, 380, 0.62)
    c.shape([(180, 470), (820, 440), (760, 600), (270, 610)], "#e2662c")
    c.shape([(180, 470), (820, 440), (812, 470), (192, 502)], "#f9e3c8")
    c.box(420, 380, 190, 82, "#f5eee0", 14)
    for x in (440, 500, 556):
        c.box(x, 396, 38, 34, "#5c7d8a", 6)
    c.ring(330, 548, 40, 40, 17, WHITE)
    c.ring(330, 548, 40, 40, 4, RED)
    for x, y in ((660, 402), (720, 398), (370, 416)):
        c.disc(x, y - 22, 20, "#f2c14b")
        c.box(x - 24, y - 4, 48, 56, "#d8452b", 14)
    for n in range(14):
        c.box(150 + n * 54, 600 + (n * 29 % 34), 90, 6, "#e7efe9", 3)


SCENES = {
    "dawn": dawn,
    "summer": summer,
    "night": night,
    "winter": winter,
    "storm": storm,
    "archipelago": archipelago,
    "autumn": autumn,
    "lighthouse": lighthouse_dusk,
    "northern-lights": northern_lights,
    "eiders": eiders,
    "bridge": bridge,
    "rescue": rescue,
}
