"""Questions made by rule from what the organisation itself has. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.translation import gettext as _

from pesue.guidance.course.reading import Choice, Question, paragraph

FEW = 2  # below so many cases there is nothing to compare
ENOUGH = 3  # cases in one lesson


@dataclass(frozen=True)
class Person:
    """An owner of topics."""

    name: str
    title: str

    @property
    def known_as(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name


@dataclass(frozen=True)
class Subject:
    """A topic, as a case of whom to ask."""

    id: int
    name: str
    about: str
    who: str  # everyone, care, owners or spokespersons
    owners: tuple[Person, ...]


@dataclass(frozen=True)
class Instead:
    """A guideline that says what to do instead."""

    id: int
    text: str
    instead: str
    why: str


@dataclass(frozen=True)
class Asked:
    """What somebody asked, and the answer that was shown to all."""

    id: int
    topic: str
    words: str
    verdict: str
    answer: str


def asking(subjects: Sequence[Subject]) -> list[Question]:
    """Whom to ask? One case that all may tell, the others with an owner."""
    owned = [one for one in subjects if one.owners]
    free = [one for one in owned if one.who == "everyone"]
    closed = [one for one in owned if one.who != "everyone"]
    closed.sort(key=lambda one: one.who == "care")
    chosen = [*closed[: ENOUGH - 1], *free, *closed[ENOUGH - 1 :]][:ENOUGH]
    if not closed or len(chosen) < FEW:
        return []
    people = [one.owners[0] for one in owned]
    return [_whom(one, people) for one in chosen]


def _whom(case: Subject, people: Sequence[Person]) -> Question:
    owner = case.owners[0]
    about = case.about or case.name
    other = next((one for one in people if one not in case.owners), None)
    if case.who == "care":
        ask = _("You tell of this, and one thing makes you unsure. Whom do you ask?")
    else:
        ask = _("You would like to tell of this. Whom do you ask first?")
    free = case.who == "everyone"
    if free:
        alone = _("Just so: everyone may speak of this. Tell it in your own words.")
        theirs = _("%(owner)s helps gladly, but you need not ask: it is free to tell.")
    elif case.who == "care":
        alone = _("You may speak of it. When you are unsure, ask %(owner)s.")
        theirs = _("Yes. %(owner)s knows it, and one question is soon answered.")
    else:
        alone = _("This has somebody to speak of it. One question to %(owner)s first.")
        theirs = _("Yes. %(owner)s answers for this, and is glad that you asked.")
    said = {"owner": owner.name}
    choices = [
        Choice(_("Nobody: I tell it."), free, alone % said),
        Choice(owner.known_as, not free, theirs % said),
    ]
    if other:
        words = _("%(other)s knows another field. Here you can ask %(owner)s.")
        words = words % {**said, "other": other.name}
        choices.append(Choice(other.known_as, False, words))
    return Question(
        f"topic-{case.id}", paragraph(case.name, about, ask), _mixed(case, choices)
    )


def instead(cases: Sequence[Instead]) -> list[Question]:
    """What does one do instead? The wrong choices are right in other cases."""
    if len(cases) < FEW:
        return []
    return [_instead(case, cases) for case in cases[:ENOUGH]]


def _instead(case: Instead, cases: Sequence[Instead]) -> Question:
    others = [one for one in cases if one.instead != case.instead][:2]
    wrong = _("Good, but for another case: “%(text)s”")
    choices = [
        Choice(case.instead, True, case.why or _("Yes, that is what it says.")),
        *(Choice(one.instead, False, wrong % {"text": one.text}) for one in others),
    ]
    ask = _("What do you do instead?")
    return Question(
        f"instead-{case.id}", paragraph("", case.text, ask), _mixed(case, choices)
    )


def asked(
    cases: Sequence[Asked], verdicts: Sequence[tuple[str, str]]
) -> list[Question]:
    """What was the answer? `verdicts` are all there are, with their words."""
    return [
        Question(
            f"ask-{case.id}",
            paragraph(case.topic, case.words, _("What do you think the answer was?")),
            tuple(
                Choice(words, verdict == case.verdict, _answer(case, verdict))
                for verdict, words in verdicts
            ),
        )
        for case in cases[:ENOUGH]
    ]


def _answer(case: Asked, verdict: str) -> str:
    said = {"answer": case.answer}
    if verdict == case.verdict:
        return _("Yes. The owner said: “%(answer)s”") % said
    return _("Not this time. The owner said: “%(answer)s”") % said


def _mixed(case: Subject | Instead, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """In an order that is the same each time, and not always the right one first."""
    return tuple(sorted(choices, key=lambda c: crc32(f"{case.id}{c.text}".encode())))
