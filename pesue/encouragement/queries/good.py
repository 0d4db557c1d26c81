"""Who did something good, and when. Own work and good deeds; nothing a network answers.

For the worker alone: it reads all rows of some days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from pesue.content.models import Story
from pesue.encouragement.models import Goal
from pesue.encouragement.queries import deeds as queries
from pesue.encouragement.queries.deeds import CHUNK, Told
from pesue.encouragement.rungs import Deed as Kind
from pesue.foundation.days import midnight
from pesue.people.models import Team

What = Goal.What
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deed:
    """One thing that a member did; deeds of one `unit` are counted as one."""

    member: int
    unit: object
    at: datetime


STORY = Told(
    Kind.WROTE,
    lambda: Story.objects.filter(state=Story.State.ACCEPTED),
    *("author", "accepted_at"),  # with a video or without; once it is in the library
)
_COUNTED = {  # where deeds of a kind are read, and what is counted of them
    What.TOLD: (queries.TOLD, "member"),
    What.LESSONS: (queries.LESSON, "member"),
    What.STORIES: (STORY, "pk"),
    What.ANSWERS: (queries.ADVISED, "pk"),
    What.THANKED: (queries.THANKED, "receiver"),
}
OWN_WORK = (STORY, queries.ADVISED)  # and lessons, of which each is one


def deeds(
    what: str, first: date, last: date, *, team: Team | None = None
) -> Iterator[Deed]:
    """Deeds of active members of a team and all below it, from `first` to `last`.

    In no order. Of What.GOOD the unit is the member: any deed is one.
    """
    if what == What.GOOD:
        kinds = [(told, told.who) for told in queries.known()]
    else:
        kinds = [_COUNTED[What(what)]]
    for told, unit in kinds:
        rows = _within(told, first, last).filter(_in(team, told.who))
        for row in rows.values_list(told.who, unit, told.at).iterator(CHUNK):
            yield Deed(*row)


def own_works(member_ids: list[int], first: date, last: date) -> dict[int, int]:
    """How much of their own work members did: by member, those with none left out."""
    found: dict[int, int] = dict.fromkeys(member_ids, 0)
    for told in OWN_WORK:
        rows = _within(told, first, last).filter(**{f"{told.who}__in": member_ids})
        for member in rows.values_list(told.who, flat=True):
            found[member] += 1
    lessons = _within(queries.LESSON, first, last).filter(member__in=member_ids)
    done = lessons.values_list("member", "course", "lesson").distinct()
    for member, _course, _lesson in done:
        found[member] += 1
    return {member: works for member, works in found.items() if works}


def _within(told: Told, first: date, last: date) -> "QuerySet[Any, Any]":
    days = {
        f"{told.at}__gte": midnight(first),
        f"{told.at}__lt": midnight(last + DAY),
        f"{told.who}__state": "active",
    }
    return told.asked(**days).filter(told.still)


def _in(team: Team | None, who: str) -> Q:
    return Q(**{f"{who}__team__path__startswith": team.path}) if team else Q()
