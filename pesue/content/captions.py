"""Captions as WebVTT: read strictly, written plainly. No Django.

What is kept is only times and plain words: styles, positions, voices and markup are
left out, so that a player can do nothing with them but show them.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_LINES = 300
LONGEST = 300  # characters of one line's text
TIME = r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+\S.*)?")
LEFT_OUT = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class BadCaptions(Exception):
    """`reason`: "timing", "order", "empty", "long" or "many"; `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Cue:
    starts: int  # milliseconds
    ends: int
    text: str


def read(typed: str) -> list[Cue]:
    """The cues of a WebVTT text; its first line may be missing. Raises BadCaptions."""
    lines = typed.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found: list[Cue] = []
    for number, block in _blocks(lines.split("\n")):
        if number == 1 and re.match(r"WEBVTT(\s|$)", block[0]):
            continue
        if LEFT_OUT.match(block[0]):
            continue
        if "-->" not in block[0] and len(block) > 1:  # a cue's name
            number, block = number + 1, block[1:]
        found.append(_cue(number, block, after=found[-1] if found else None))
        if len(found) > MOST_LINES:
            raise BadCaptions("many", number)
    return found


def _blocks(lines: Sequence[str]) -> Iterable[tuple[int, list[str]]]:
    """Lines that stand together, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: Sequence[str], *, after: Cue | None) -> Cue:
    timing = TIMING.fullmatch(block[0])
    if not timing:
        raise BadCaptions("timing", number)
    parts = timing.groups()
    starts, ends = _milliseconds(parts[:4]), _milliseconds(parts[4:])
    if starts >= ends or (after and starts < after.starts):
        raise BadCaptions("order", number)
    if any("-->" in line for line in block[1:]):
        raise BadCaptions("timing", number + 1)
    text = _plain("\n".join(block[1:]))
    if not text:
        raise BadCaptions("empty", number)
    if len(text) > LONGEST:
        raise BadCaptions("long", number)
    return Cue(starts, ends, text)


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))


def _plain(text: str) -> str:
    """Words only: what is escaped is read, what is markup is not."""
    return CONTROL.sub("", html.unescape(TAG.sub("", text))).strip()


def write(cues: Iterable[Cue]) -> str:
    """WebVTT; "" without a cue."""
    told = [f"{clock(c.starts)} --> {clock(c.ends)}\n{_escaped(c.text)}" for c in cues]
    return "\n\n".join(["WEBVTT", *told]) + "\n" if told else ""


def _escaped(text: str) -> str:
    """Nothing in it is read as markup, or as the end of the cue."""
    lines = (line.strip() for line in text.split("\n"))
    return html.escape("\n".join(filter(None, lines)), quote=False)


def clock(milliseconds: int) -> str:
    """As WebVTT writes a time: 00:01:02.300."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def cut(cues: Iterable[Cue], starts: int, ends: int | None) -> list[Cue]:
    """What is heard between two moments, counted from the first."""
    last = ends if ends is not None else 24 * 3600 * 1000
    return [
        Cue(max(c.starts, starts) - starts, min(c.ends, last) - starts, c.text)
        for c in cues
        if c.ends > starts and c.starts < last
    ]
