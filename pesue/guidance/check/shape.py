"""What the check is given, and what it finds. Pure values: sharing fills them."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zlib import crc32

from pesue.guidance.check.quiet import Quiet
from pesue.guidance.check.reading import lows_of, subjects


@dataclass(frozen=True)
class Draft:
    """What somebody writes, and of what."""

    words: str  # the person's own, without the line
    line: str  # the disclosure, as it will stand first
    language: str  # of the words
    kind: str  # "ad", "employee" or "none"
    reason: str = ""  # why an ad has no mark
    topics: frozenset[int] = frozenset()  # of the item
    cleared: frozenset[int] = frozenset()  # topics whose owner has said "go ahead"
    finance: bool = False  # the item is marked as finances or outlook
    locked: date | None = None  # the item's owner: not before that day
    locked_why: str = ""
    gone: bool = False  # the item is no longer in the library
    pictured: bool = False
    alt: str = ""
    people: str = ""  # in the picture: "nobody", "agreed"; empty: nobody has said
    like_ready: bool = False  # nearly the item's own text
    like_colleague: bool = False
    left: frozenset[str] = frozenset()  # findings that the person lets be


@dataclass(frozen=True)
class Limits:
    """What the check must know of the network."""

    name: str
    over: int = 0  # characters too long
    fold: int | None = None  # characters shown before "more"
    tags: int = 5  # hashtags that are still read
    label: bool = False  # it has a label for advertising of its own


@dataclass(frozen=True)
class Subject:
    """A topic that others answer for."""

    id: int
    name: str
    about: str
    owner: str  # the name of one to ask


@dataclass(frozen=True)
class Rule:
    """A guideline in force."""

    text: str
    why: str = ""
    instead: str = ""
    asks: bool = False  # says: ask first
    topics: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Known:
    """What guidance knows, for the person who writes."""

    organisation: str = ""
    country: str = "FI"  # a key of disclosure.PACKS
    own: frozenset[str] = frozenset()  # addresses the person may give
    subjects: tuple[Subject, ...] = ()
    rules: tuple[Rule, ...] = ()
    quiets: tuple[Quiet, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing worth a word."""

    key: str
    what: str
    why: str = ""
    instead: str = ""
    quote: str = ""  # the words it is about
    subject: str = ""  # a guideline that speaks of it stands behind it
    act: str = ""  # what the button does: "mark", "alt", "unpicture", "ask"
    topic: int = 0  # to ask about
    until: date | None = None
    rule: Rule | None = field(default=None, compare=False)
    blocks: bool = False  # it does not go out like this

    @property
    def id(self) -> str:
        """The same for the same words: let be once, it is not said again."""
        return f"{self.key}-{crc32(self.quote.casefold().encode()):08x}"


@lru_cache(2000)
def subjects_of(text: str) -> frozenset[str]:
    """What a guideline is about, by the words in it."""
    lows = lows_of(text)
    return frozenset(name for known in subjects() for name in known.hits(lows))


def behind(finding: Finding, rules: tuple[Rule, ...]) -> Rule | None:
    """The organisation's own guideline behind a finding.

    First one of the topic in question; else one bound to no topic that speaks of the
    finding's subject.
    """
    if finding.topic:
        return next((rule for rule in rules if finding.topic in rule.topics), None)
    if not finding.subject:
        return None
    free = (rule for rule in rules if not rule.topics)
    return next(
        (r for r in free if finding.subject in subjects_of(f"{r.text} {r.instead}")),
        None,
    )
