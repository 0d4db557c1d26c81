"""The invented company, as written in the files beside this one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Story:
    """A fact card to be, and what colleagues may say of it."""

    week: int  # 0 to 11
    slug: str
    title: str
    summary: str
    topic: str
    picture: str
    posts: tuple[str, ...]
    language: str = "fi"
    concept: str = ""
    questions: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    whole: str = ""


def stories() -> list[Story]:
    """All of them, in the order of their weeks."""
    lists = ("posts", "questions", "starters")
    return [
        Story(**{**card, **{name: tuple(card.get(name, ())) for name in lists}})
        for card in read("items")["item"]
    ]


def phrases(language: str) -> dict[str, Any]:
    """What people say before and after a post, of thanks, and of a good example."""
    found: dict[str, Any] = read("phrases")[language]
    return found
