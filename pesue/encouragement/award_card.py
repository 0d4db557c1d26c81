"""The picture of an honour, to put where one likes. No Django.

The letters are those of our PDFs. It says what was given and to whom; no figures.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SHAPES = {"wide": (1200, 630), "square": (1080, 1080)}
GROUND, INK, QUIET = "#fbf8f4", "#231d19", "#655b53"
EDGE = 84  # pixels left free on either side
TOP = 230  # pixels, for the rosette
FOOT = 62  # pixels, from the organisation's name down
LINE, GAP = 1.22, 14  # of a line's size; pixels below a block
LEAST = 24  # pixels: letters get no smaller
Font = ImageFont.FreeTypeFont
Block = tuple[Font, list[str]]  # letters, and the lines in them


@dataclass(frozen=True)
class Honour:
    """All that stands on it, in words."""

    name: str
    category: str
    occasion: str  # the award and its month or year
    organisation: str


def drawn(honour: Honour, accent: str, shape: str) -> bytes:
    """A PNG. Raises KeyError for a shape that is none of SHAPES."""
    width, height = SHAPES[shape]
    picture = Image.new("RGB", (width, height), GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle(
        (24, 24, width - 24, height - 24), radius=28, outline=accent, width=5
    )
    blocks, y = laid(honour, shape)
    _rosette(pen, (width // 2, int(y) - 114), 52, accent)
    for (font, lines), colour in zip(blocks, (accent, INK, QUIET), strict=True):
        for line in lines:
            pen.text((width / 2, y), line, fill=colour, font=font, anchor="ma")
            y += font.size * LINE
        y += GAP
    font, [line, *_more] = fitted(honour.organisation, "Regular", 32, width - 2 * EDGE)
    pen.text((width / 2, height - FOOT), line, fill=QUIET, font=font, anchor="ms")
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def laid(honour: Honour, shape: str) -> tuple[list[Block], float]:
    """The words as large as there is room for them, and where the first begins."""
    width, height = SHAPES[shape]
    room = height - 2 * FOOT - TOP
    for share in (1.0, 0.85, 0.7, 0.55):
        blocks = [
            fitted(words, face, int(size * share), width - 2 * EDGE)
            for words, face, size in (
                (honour.category, "Regular", 46),
                (honour.name, "Semibold", 92),
                (honour.occasion, "It", 38),
            )
        ]
        high = high_of(blocks)
        if high <= room:
            break
    return blocks, TOP + max(0.0, (room - high) / 2)


def high_of(blocks: list[Block]) -> float:
    """In pixels."""
    return sum(GAP + len(lines) * font.size * LINE for font, lines in blocks)


def fitted(words: str, face: str, size: int, room: int) -> Block:
    """The words on one line or two, in letters small enough for them."""
    while True:
        font = _font(face, size)
        lines = _wrapped(words, font, room)
        if len(lines) <= 2 and all(font.getlength(line) <= room for line in lines):
            return font, lines
        if size <= LEAST:
            return font, [_cut(line, font, room) for line in lines[:2]]
        size = max(LEAST, int(size * 0.9))


def _wrapped(words: str, font: Font, room: int) -> list[str]:
    lines = [""]
    for word in words.split() or [""]:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(line: str, font: Font, room: int) -> str:
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(f"{line}…") > room:
        line = line[:-1]
    return f"{line}…"


def _font(face: str, size: int) -> Font:
    name = f"files/SourceSerifPro-{face}.ttf"
    with as_file(files("font_source_serif_pro") / name) as path:
        return ImageFont.truetype(str(path), size)


def _rosette(
    pen: ImageDraw.ImageDraw, middle: tuple[int, int], radius: int, accent: str
) -> None:
    """A ribbon's rosette: two tails and three rings."""
    x, y = middle
    for side in (-1, 1):
        tail = [
            (x + side * radius * 0.2, y + radius * 0.5),
            (x + side * radius * 0.85, y + radius * 0.4),
            (x + side * radius * 1.05, y + radius * 1.9),
            (x + side * radius * 0.68, y + radius * 1.6),
            (x + side * radius * 0.35, y + radius * 1.95),
        ]
        pen.polygon(tail, fill=accent)
    for share, colour in ((1.0, accent), (0.8, GROUND), (0.66, accent)):
        size = radius * share
        pen.ellipse((x - size, y - size, x + size, y + size), fill=colour)
