"""What is done in a course: lessons read, questions tried, a wording of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pesue.guidance.course import files, reading
from pesue.guidance.models import Attempt, Lesson
from pesue.guidance.queries import course as queries
from pesue.people.models import Member

LATE = timedelta(days=60)  # an answer that waited for longer counts as so old


@dataclass(frozen=True)
class Answer:
    """A question answered, or with no question a lesson read to its end."""

    course: str
    lesson: str
    question: str
    choice: int  # from 0
    once: str  # made where it was answered: the same one again is not kept twice
    at: datetime


def keep(member: Member, answers: Iterable[Answer], *, now: datetime) -> None:
    """Keep each once. Those to questions that are gone are let go."""
    given = [one for one in answers if one.lesson in files.keys(one.course)]
    places = {(one.course, one.lesson) for one in given if one.question}
    asked = queries.questions(member, places, now=now) if places else {}
    rows = []
    for one in given:
        question = asked.get((one.course, one.lesson, one.question))
        choices = question.choices if question else ()
        if one.question and not 0 <= one.choice < len(choices):
            continue
        rows.append(
            Attempt(
                member=member,
                course=one.course,
                lesson=one.lesson,
                question=one.question,
                right=choices[one.choice].right if question else True,
                at=min(max(one.at, now - LATE), now),
                once=one.once,
            )
        )
    Attempt.objects.bulk_create(rows, ignore_conflicts=True)


def word(
    by: Member, course: str, lesson: str, language: str, text: str, *, now: datetime
) -> None:
    """Put the organisation's own wording in place of the package's.

    Raises reading.Mistake, and keeps nothing, where it cannot be read. The package's
    own words given back are no wording of one's own.
    """
    reading.read(text)
    package = files.text(course, lesson, language)
    if text.strip() == package.strip():
        unword(course, lesson, language)
        return
    Lesson.objects.update_or_create(
        course=course,
        lesson=lesson,
        language=language,
        defaults={
            "text": text,
            "base": files.edition(package),
            "changed_at": now,
            "by": by,
        },
    )


def unword(course: str, lesson: str, language: str) -> None:
    """Back to the package's wording."""
    rows = Lesson.objects.filter(course=course, lesson=lesson, language=language)
    rows.delete()
