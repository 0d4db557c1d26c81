"""Who has read how much of the course. Each answers by the real actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pesue.demo.house import House
from pesue.guidance.actions.course import Answer, keep
from pesue.guidance.course import files
from pesue.guidance.queries import course as queries
from pesue.pages.course.actions import certify
from pesue.pages.course.queries import has_draft
from pesue.people.models import Member

WEEK = timedelta(weeks=1)
FINISHED = 6  # people of those who tell


def study(house: House, *, now: datetime) -> None:
    """The advocate is in the middle, with a question to try again; some are done."""
    last_week = now - WEEK
    read_lessons(house.advocate, "advocate", ["what"], at=last_week, asked=1)
    read_lessons(
        house.advocate, "advocate", ["may", "ask"], at=now - timedelta(hours=3)
    )
    read_lessons(house.lead, "lead", files.keys("lead"), at=now - 5 * WEEK)
    read_lessons(house.leader, "leader", files.keys("leader")[:2], at=now - 2 * WEEK)
    tellers = [member for member in house.people[1:] if has_draft(member)]
    for member in tellers[:FINISHED]:
        read_lessons(member, "advocate", files.keys("advocate"), at=now - 3 * WEEK)
        certify(member, "advocate", now=now - 3 * WEEK)


def read_lessons(
    member: Member, course: str, lessons: Iterable[str], *, at: datetime, asked: int = 9
) -> None:
    """Lessons read to the end, with their first `asked` questions answered well."""
    places = {(course, lesson) for lesson in lessons}
    found = queries.questions(member, places, now=at)
    answers = []
    for key in lessons:
        mine = [one for (_, lesson, _), one in found.items() if lesson == key]
        tried = [
            (one.key, next(n for n, c in enumerate(one.choices) if c.right))
            for one in mine[:asked]
        ]
        answers += [
            Answer(course, key, question, choice, f"{course}-{key}-{question}", at)
            for question, choice in [*tried, ("", 0)]
        ]
    keep(member, answers, now=at)
