"""The parts of a report that its page, its PDF and its letter are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pesue.stats.grades import Grade
from pesue.trials.graded import GRADES

Basis = Literal["measured", "estimated", "unknown"]


@dataclass(frozen=True)
class Line:
    """A figure, and how we know it."""

    label: str
    number: str  # "–" where it is not known or not shown
    unit: str
    basis: Basis
    note: str = ""  # its interval, or what it covers


@dataclass(frozen=True)
class Sentence:
    """A judgement, with the kind of evidence it rests on."""

    text: str
    grade: Grade

    @property
    def rests(self) -> str:
        return str(GRADES[self.grade])


@dataclass(frozen=True)
class Lack:
    """Something that we cannot tell, and what it would take."""

    what: str
    takes: str


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lines: Sequence[Line] = ()
    sentences: Sequence[Sentence] = ()
    lacks: Sequence[Lack] = ()
    words: Sequence[str] = ()  # paragraphs below
