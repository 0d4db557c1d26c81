"""Where a member is in the courses, and what to ask again. Nobody else is told."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.timezone import localdate

from pesue.guidance import spacing
from pesue.guidance.course import files, reading
from pesue.guidance.course.cases import FEW
from pesue.guidance.models import Lesson
from pesue.guidance.queries.material import Material, filled, material
from pesue.people.access import Role, may
from pesue.people.models import Member

ENDING = ("advocate", "lead", "leader")  # courses with an end; `further` grows on
Place = tuple[str, str]  # course, lesson
Key = tuple[str, str, str]  # course, lesson, question


@dataclass(frozen=True)
class Step:
    """The lesson to read next."""

    course: str
    lesson: str
    title: str
    number: int  # from 1
    of: int


@dataclass(frozen=True)
class Due:
    """A question of a lesson that one has read, to be tried again."""

    course: str
    lesson: str
    question: reading.Question


def next_lesson(member: Member, *, now: datetime) -> Step | None:
    """The first lesson of the member's courses that is not read yet.

    None while they rest, and when all are read. Three queries at most.
    """
    if resting(member, now=now):
        return None
    done = finished(member)
    for course in courses_of(member):
        keys = files.keys(course)
        for number, lesson in enumerate(keys, start=1):
            if course in ENDING and (course, lesson) not in done:
                title = texts(course, member.language)[lesson].title
                return Step(course, lesson, title, number, len(keys))
    return None


def due(member: Member, *, now: datetime) -> list[Due]:
    """What to ask the member again this week: two questions at most.

    None while they rest. A fixed number of queries; one where nothing is due.
    """
    week, tried = spacing.week_of(localdate(now)), tries(member)
    if resting(member, now=now) or not spacing.due(tried, week=week):
        return []
    asked = questions(member, {key[:2] for key in (one.key for one in tried)}, now=now)
    known = [one for one in tried if one.key in asked]
    return [
        Due(course, lesson, asked[course, lesson, key])
        for course, lesson, key in spacing.due(known, week=week)
    ]


def questions(
    member: Member, places: set[Place], *, now: datetime
) -> dict[Key, reading.Question]:
    """All questions of these lessons, as they are asked now."""
    own = material(member, now=now)
    found = {}
    for course in {course for course, _lesson in places}:
        for lesson, text in texts(course, member.language).items():
            for question in filled(text, own).questions():
                found[course, lesson, question.key] = question
    return found


def courses_of(member: Member) -> list[str]:
    """The courses made for such as the member; all are open to everybody."""
    leads = may(member, Role.LEAD) or may(member, Role.CURATOR)
    wanted = {"lead": leads, "leader": member.leader}
    order = ("advocate", "lead", "leader", "further")
    return [course for course in order if wanted.get(course, True)]


def finished(member: Member) -> set[Place]:
    """The lessons that the member has read to the end."""
    rows = member.attempts.filter(question="")
    return set(rows.values_list("course", "lesson"))


def tries(member: Member) -> list[spacing.Try[Key]]:
    """All questions the member has tried, in their order."""
    rows = member.attempts.exclude(question="").order_by("at", "pk")
    return [
        spacing.Try(
            (row.course, row.lesson, row.question),
            spacing.week_of(localdate(row.at)),
            row.right,
        )
        for row in rows
    ]


def lesson(
    member: Member, course: str, key: str, *, own: Material
) -> reading.Text | None:
    """A lesson as the member reads it; None where there is none."""
    if course not in files.COURSES or key not in files.keys(course):
        return None
    return filled(texts(course, member.language)[key], own)


def grown(own: Material) -> list[str]:
    """The lessons of the further course that have cases enough to be read."""
    cases = {
        "stories": len(own.stories),
        "asked": len(own.asks),
        "instead": len(own.of_kind("instead")),
        "learned": len(own.learned),
    }
    return [key for key in files.keys("further") if cases[key] >= FEW]


def resting(member: Member, *, now: datetime) -> bool:
    return member.paused_until is not None and member.paused_until > localdate(now)


def texts(course: str, language: str) -> dict[str, reading.Text]:
    """The lessons of a course in their order: the organisation's wording, or else
    the package's. One query."""
    rows = Lesson.objects.filter(course=course, language=language)
    own = dict(rows.values_list("lesson", "text"))
    return {
        key: read_or(own.get(key, ""), files.text(course, key, language))
        for key in files.keys(course)
    }


def read_or(text: str, package: str) -> reading.Text:
    """A wording read; the package's, where there is none or it cannot be read now."""
    try:
        return _read(text or package)
    except reading.Mistake:
        return _read(package)


_read = lru_cache(maxsize=500)(reading.read)


@dataclass(frozen=True)
class Wording:
    """A lesson in one language, as the one who looks after its words sees it."""

    course: str
    lesson: str
    language: str
    title: str
    own: bool  # the organisation has words of its own for it
    behind: bool  # the package's have changed since


def worded() -> list[Wording]:
    """Every lesson in every language, in their order. One query."""
    fields = ("course", "lesson", "language", "text", "base")
    own = {row[:3]: row[3:] for row in Lesson.objects.values_list(*fields)}
    found = []
    for course in files.COURSES:
        for key in files.keys(course):
            for language, _name in settings.LANGUAGES:
                package = files.text(course, key, language)
                text, base = own.get((course, key, language), ("", ""))
                title = read_or(text, package).title
                behind = bool(base) and base != files.edition(package)
                found.append(Wording(course, key, language, title, bool(text), behind))
    return found
