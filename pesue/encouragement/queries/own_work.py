"""The own work that was done, read off the rows of the rooms where it was done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from pesue.content.facts import FACTS as CONTENT
from pesue.content.models import Story
from pesue.encouragement.own_work import ANSWER, STORY, VIDEO
from pesue.foundation.facts import Fact
from pesue.guidance.facts import FACTS as GUIDANCE

DECLARED: dict[str, Fact] = {fact.name: fact for fact in [*CONTENT, *GUIDANCE]}
STANDING = {  # beside what the fact asks: it is there still, and was done for others
    STORY.fact: Q(state=Story.State.ACCEPTED),
    VIDEO.fact: Q(story__state=Story.State.ACCEPTED),
    ANSWER.fact: ~Q(answered_by=F("asker")),
}
TAKEN_BACK = {  # own work that was withdrawn, and when
    STORY.fact: (Q(state=Story.State.WITHDRAWN), "state_since"),
    VIDEO.fact: (Q(story__state=Story.State.WITHDRAWN), "story__state_since"),
}


@dataclass(frozen=True)
class Done:
    """A piece of own work: of which fact, its row, whose, and when it happened."""

    fact: str
    row: int
    member: int
    at: datetime


def done(
    fact: str, *, since: datetime | None = None, until: datetime | None = None
) -> list[Done]:
    """What was done of one kind, by the time it happened.

    Read to its end: on SQLite one who still reads cannot begin to write once another
    has written.
    """
    declared = DECLARED[fact]
    rows = declared.rows().filter(STANDING.get(fact, Q()))
    rows = rows.filter(**{f"{declared.by}__isnull": False})
    if since:
        rows = rows.filter(**{f"{declared.at}__gt": since})
    if until:
        rows = rows.filter(**{f"{declared.at}__lte": until})
    told = rows.values_list("pk", declared.by, declared.at)
    return [Done(fact, row, member, at) for row, member, at in told]


def withdrawn(fact: str, *, since: datetime | None = None) -> list[Done]:
    """What was taken back of one kind; `at` is when. Whose it was is not told."""
    if fact not in TAKEN_BACK:
        return []
    taken, at = TAKEN_BACK[fact]
    rows = DECLARED[fact].model._default_manager.filter(taken).order_by(at, "pk")
    if since:
        rows = rows.filter(**{f"{at}__gt": since})
    return [Done(fact, row, 0, when) for row, when in rows.values_list("pk", at)]
