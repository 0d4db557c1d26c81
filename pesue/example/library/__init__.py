"""Cases that come with Pesue, in each language. Imports no Django.

Only what its source says stands here, in our own words.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KEYS = ("shoes", "airline", "founder", "coffee")


@dataclass(frozen=True)
class Told:
    key: str
    name: str
    happened: str
    teaches: str
    pattern: str  # of guidance.patterns
    source: str


@cache
def cases(language: str) -> tuple[Told, ...]:
    """In the order in which they are shown."""
    told = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(Told(key=key, source=told["source"], **told[key]) for key in KEYS)
