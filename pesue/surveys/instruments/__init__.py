"""Ready-made questionnaires, in our own words, in each language. Imports no Django.

What they ask about, and why: barriers by capability, opportunity and motivation
(Michie et al. 2011), motives by self-determination (Deci and Ryan 2000), and rewards by
most and least (Louviere, Flynn and Marley 2015), as agreeing makes every motive large.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Item:
    """A question. Those of one factor are meant to measure one thing."""

    key: str  # in the texts, and as SurveyQuestion.about
    scale: str
    factor: str = ""
    reverse: bool = False  # to agree is to have less of the factor
    k: int = 5  # people in the smallest group that is shown


def _items(
    factor: str, keys: str, scale: str = "agree", k: int = 5
) -> tuple[Item, ...]:
    """A key that ends in "-" is reversed."""
    return tuple(
        Item(key.rstrip("-"), scale, factor, key.endswith("-"), k)
        for key in keys.split()
    )


PULSE = _items("", "P1 P2")
BARRIERS = _items("barriers", "B1- B2- B3 B4 B5 B6- B7 B8")
VALUES = _items("values", "V1 V2 V3 V4-")
MOTIVES = (
    *_items("money", "M1 M2 M3", k=10),
    *_items("recognition", "R1 R2 R3", k=10),
    *_items("meaning", "S1 S2 S3", k=10),
)
TASKS = (
    *_items("", "T1most T1least", "rewards", k=10),
    *_items("", "T2most T2least", "learning", k=10),
)
EXAMPLE = _items("example", "X1 X2 X3")
SAFETY = _items("safety", "F1 F2")
WORDS = (Item("W1", "text"),)

INSTRUMENTS: dict[str, tuple[Item, ...]] = {
    "pulse": PULSE,
    "barriers": BARRIERS,
    "motives": (*MOTIVES, *TASKS),
    "annual": (*BARRIERS, *VALUES, *MOTIVES, *TASKS, *EXAMPLE, *SAFETY, *WORDS),
}


@cache
def texts(language: str) -> dict[str, str]:
    """What each item asks, by its key; and what each questionnaire is called."""
    path = HERE / f"{language}.toml"
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def item_of(key: str) -> Item | None:
    return _by_key().get(key)


@cache
def _by_key() -> dict[str, Item]:
    return {item.key: item for items in INSTRUMENTS.values() for item in items}
