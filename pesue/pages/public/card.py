"""The picture that networks show beside a link to a public page: PNG, 1200 x 630.

No Django.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from pesue.foundation.picture import (
    COLOURS,
    FINER,
    cat,
    letters,
    png,
    wrapped,
    writable,
)

WIDTH, HEIGHT = 1200, 630
LEFT, TOP = 84, 92  # where words begin
PHOTO = 500  # how wide a photograph on the right is
SIZES = (76, 66, 56, 48, 40)  # of the title: the first at which it fits
LINES = {76: 3, 66: 4, 56: 5, 48: 6, 40: 7}


@dataclass(frozen=True)
class Lettering:
    """All that stands on it, in words."""

    over: str  # a small line above
    title: str
    by: str  # who tells; may be empty
    organisation: str


@dataclass(frozen=True)
class Style:
    size: int
    ink: str  # a name of COLOURS, or a colour
    face: str = ""


def drawn(words: Lettering, accent: str, photo: Path | None = None) -> bytes:
    """The picture; a photograph that cannot be read is left out."""
    size = FINER * WIDTH, FINER * HEIGHT
    image = Image.new("RGB", size, COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, FINER * 14, FINER * HEIGHT), fill=accent)
    shown = _pasted(image, photo)
    room = WIDTH - LEFT - (PHOTO + 48 if shown else 72)
    _lines(draw, TOP, words.over, Style(28, "muted"), room)
    _title(draw, words.title, room, below=TOP + 34 if words.over else TOP - 34)
    _lines(draw, HEIGHT - 96, words.by, Style(32, "ink"), room, most=2)
    _lines(draw, HEIGHT - 48, words.organisation, Style(26, accent, "B"), room)
    if not shown:
        corner = FINER * (WIDTH - 190), FINER * (HEIGHT - 178)
        cat(draw, *corner, FINER * 130, colour=accent, eyes=COLOURS["paper"])
    return png(image)


def _pasted(image: Image.Image, photo: Path | None) -> bool:
    if photo is None:
        return False
    try:
        with Image.open(photo) as found:
            size = FINER * PHOTO, FINER * HEIGHT
            image.paste(
                ImageOps.fit(found.convert("RGB"), size), (image.width - size[0], 0)
            )
    except OSError:
        return False
    return True


def _title(draw: ImageDraw.ImageDraw, title: str, room: int, *, below: int) -> None:
    for size in SIZES:
        font = letters(FINER * size, "B")
        lines = wrapped(writable(title), font, FINER * room)
        if len(lines) <= LINES[size]:
            break
    else:
        lines = [*lines[: LINES[size] - 1], f"{lines[LINES[size] - 1]} …"]
    for place, line in enumerate(lines):
        at = FINER * LEFT, FINER * (below + size + place * size * 1.14)
        draw.text(at, line, COLOURS["ink"], font, "ls")


def _lines(
    draw: ImageDraw.ImageDraw,
    y: int,
    words: str,
    style: Style,
    room: int,
    *,
    most: int = 1,
) -> None:
    """At most so many lines, the last on its baseline; what does not fit is cut."""
    font = letters(FINER * style.size, style.face)
    lines = wrapped(writable(words), font, FINER * room)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    for place, line in enumerate(reversed(lines)):
        at = FINER * LEFT, FINER * (y - place * style.size * 1.25)
        draw.text(at, line, COLOURS.get(style.ink, style.ink), font, "ls")
