"""A month of what one's words did, as a picture to keep: PNG, 1200 x 630. No Django."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

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
LEFT, ROOM = 84, 1032  # where words begin, and how wide they may be
MOST_LINES = 2  # of what they read about


@dataclass(frozen=True)
class Lettering:
    """All that stands on it, in words."""

    month: str  # "In October"
    year: str
    number: str
    did: str  # "people read your words"
    about: str  # what most of them read about; may be empty
    source: str  # how the number is known
    organisation: str


def drawn(words: Lettering, accent: str) -> bytes:
    """The picture; nothing on it that the words do not say."""
    size = FINER * WIDTH, FINER * HEIGHT
    image = Image.new("RGB", size, COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, FINER * 14, FINER * HEIGHT), fill=accent)
    _line(draw, 92, f"{words.month} {words.year}", 34, "muted")
    _line(draw, 262, words.number, 176, accent, "B")
    _line(draw, 336, words.did, 52, "ink", "B")
    for place, line in enumerate(_about(words.about)):
        _line(draw, 400 + 48 * place, line, 36, "ink", "I")
    _line(draw, HEIGHT - 84, words.organisation, 26, "ink", "B")
    _line(draw, HEIGHT - 44, words.source, 21, "muted")
    corner = FINER * (WIDTH - 238), FINER * 76
    cat(draw, *corner, FINER * 160, colour=accent, eyes=COLOURS["paper"])
    return png(image)


def _line(
    draw: ImageDraw.ImageDraw,
    y: float,
    words: str,
    size: int,
    ink: str,
    style: str = "",
) -> None:
    """One line on its baseline; made smaller where it would not fit."""
    text = writable(words)
    font = letters(FINER * size, style)
    while size > 12 and font.getlength(text) > FINER * ROOM:
        size -= 2
        font = letters(FINER * size, style)
    at = FINER * LEFT, FINER * y
    draw.text(at, text, COLOURS.get(ink, ink), font, "ls")


def _about(words: str) -> list[str]:
    """At most MOST_LINES, what is left out marked so."""
    lines = wrapped(writable(words), letters(FINER * 36, "I"), FINER * ROOM)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]
    return lines
