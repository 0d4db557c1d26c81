"""Ready-made beginnings of concepts, in each language. Imports no Django."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KEYS = ("day", "expert", "behind", "takeover", "video", "thank", "wrong")


@dataclass(frozen=True)
class Pattern:
    key: str
    name: str
    why: str  # one line, for choosing
    brief: str
    prompts: tuple[str, ...]
    channels: tuple[str, ...]  # keys of places
    days: int
    hashtag: str
    grows_on: str  # which kinds of values it tends to grow on
    sheet: str  # Markdown; empty: it needs none


@cache
def patterns(language: str) -> dict[str, Pattern]:
    """By key, in the order in which they are shown."""
    told = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        key: Pattern(
            key=key,
            name=told[key]["name"],
            why=told[key]["why"],
            brief=told[key]["brief"],
            prompts=tuple(told[key]["prompts"]),
            channels=tuple(told[key]["channels"]),
            days=told[key]["days"],
            hashtag=told[key]["hashtag"],
            grows_on=told[key]["grows_on"],
            sheet=told[key].get("sheet", ""),
        )
        for key in KEYS
    }
