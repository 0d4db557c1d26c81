"""Quiet periods as the check sees them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Quiet:
    """Days in which some things are not told, for the person who writes."""

    name: str
    why: str
    ends: date  # the last quiet day
    locks: bool  # nothing that it touches goes out; else it is only said
    topics: frozenset[int]  # ids of topics it touches
    finance: bool  # touches what is marked as finances or outlook
    forward: bool  # touches words that look ahead
    words: tuple[str, ...]  # other words it touches
    ask: str  # the name of whom to ask; empty: nobody
