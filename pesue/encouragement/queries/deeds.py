"""What people did that was good, from the rows that tell it.

Each kind of row is told once, here or by the room downstream whose it is; from it come
the ladder, one's weeks, goals and leagues.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.timezone import get_current_timezone

from pesue.content.models import Story, Video
from pesue.encouragement.ladder import Done
from pesue.encouragement.models import Offer, Thanks
from pesue.encouragement.rungs import PRESSED, Deed
from pesue.guidance.models import Ask, Attempt
from pesue.people.models import Member
from pesue.sharing.models import Reply, Share

CHUNK = 5000


@dataclass(frozen=True)
class Told:
    """Rows that tell a deed: whose it was, and when."""

    deed: Deed
    rows: Callable[[], "QuerySet[Any, Any]"]
    who: str  # the field with the member, from the row
    at: str
    # What of it stands: the rest was somebody's deed, and is no goal's.
    still: Q = field(default_factory=Q)

    def asked(self, **where: Any) -> "QuerySet[Any, Any]":
        return self.rows().filter(**where).order_by()


def _stories(*, filmed: bool) -> "QuerySet[Any, Any]":
    sent = Story.objects.filter(state__in=[Story.State.SENT, Story.State.ACCEPTED])
    films = Exists(Video.objects.filter(story=OuterRef("pk")))
    return sent.filter(films if filmed else ~films)


def _pressed(rung: int) -> Callable[[], "QuerySet[Any, Any]"]:
    done = Offer.Answered.DONE
    return lambda: Offer.objects.filter(rung=rung, answered=done)


THANKED = Told(Deed.THANKED, Thanks.objects.all, "giver", "at")
TOLD = Told(
    Deed.TOLD,
    lambda: Share.objects.filter(state__in=[Share.State.SHARED, Share.State.DELETED]),
    *("member", "shared_at"),
    still=Q(state=Share.State.SHARED),
)
LESSON = Told(Deed.READ, lambda: Attempt.objects.filter(question=""), "member", "at")
ADVISED = Told(
    Deed.ADVISED,
    lambda: Ask.objects.filter(state=Ask.State.ANSWERED),
    *("answered_by", "state_since"),
)
_KNOWN = [
    *(THANKED, TOLD, LESSON, ADVISED),
    Told(Deed.ANSWERED, Reply.objects.all, "member", "at"),
    Told(Deed.WROTE, lambda: _stories(filmed=False), "author", "state_since"),
    Told(Deed.FILMED, lambda: _stories(filmed=True), "author", "state_since"),
    *(
        Told(deed, _pressed(rung), "member", "answered_at")
        for rung, deed in PRESSED.items()
    ),
]


def declare(told: Told) -> None:
    """For a room downstream, as it is loaded: its rows tell a good deed, too."""
    _KNOWN.append(told)


def known() -> tuple[Told, ...]:
    return tuple(_KNOWN)


def deeds(first: int, last: int, *, since: datetime) -> dict[int, list[Done]]:
    """By member, of those with ids from `first` to `last`. One query."""
    [head, *rest] = [_named(told, first, last, since) for told in known()]
    found: dict[int, list[Done]] = defaultdict(list)
    here = get_current_timezone()  # asked once: it takes longer than the rest
    for member, deed, at in head.union(*rest, all=True).iterator(CHUNK):
        found[member].append(Done(Deed(deed), at.astimezone(here).date()))
    return found


def deeds_of(member: Member, *, since: datetime) -> list[Done]:
    return deeds(member.pk, member.pk, since=since)[member.pk]


def _named(told: Told, first: int, last: int, since: datetime) -> "QuerySet[Any, Any]":
    """Member, deed, time."""
    whose = {f"{told.who}__gte": first, f"{told.who}__lte": last}
    named = {
        "whose": F(told.who),
        "deed": Value(told.deed.value, CharField()),
        "when": F(told.at),
    }
    rows = told.asked(**whose, **{f"{told.at}__gte": since})
    found: QuerySet[Any, Any] = rows.annotate(**named).values_list(*named)
    return found
