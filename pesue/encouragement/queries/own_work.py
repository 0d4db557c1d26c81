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
# A video is told apart by its story: whoever takes it away and adds another one has
# done the same piece of work.
ROW = {VIDEO.fact: "story_id"}
OF_STORIES = {STORY.fact, VIDEO.fact}  # what may be taken out of the library again


@dataclass(frozen=True)
class Done:
    """A piece of own work: of which fact, its row, whose, and when it happened.

    The row of a video is its story's.
    """

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
    told = rows.values_list(ROW.get(fact, "pk"), declared.by, declared.at)
    return [Done(fact, row, member, at) for row, member, at in told]


def withdrawn(
    fact: str, *, since: datetime | None = None, until: datetime | None = None
) -> list[Done]:
    """What is not in the library any more; `at` is since when. Whose is not told.

    A story that is a draft again was withdrawn, too, however short a time it was so.
    """
    if fact not in OF_STORIES:
        return []
    rows = Story.objects.exclude(state=Story.State.ACCEPTED).order_by("state_since")
    if since:
        rows = rows.filter(state_since__gt=since)
    if until:
        rows = rows.filter(state_since__lte=until)
    return [Done(fact, row, 0, at) for row, at in rows.values_list("pk", "state_since")]
