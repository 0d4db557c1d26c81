"""What waits for a lead on a Monday: a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from pesue.content.access import items_to_curate, sources_of, stories_to_review
from pesue.content.models import Item, Source, Story
from pesue.content.queries.desk import waiting
from pesue.guidance.models import Topic
from pesue.guidance.queries.asks import late_asks
from pesue.measurement.periods import WEEK, Month, monday
from pesue.measurement.queries.results import Row, weeks
from pesue.people.models import Member

SOON = timedelta(days=14)  # how long before its end an item is shown
FEW = 3  # fewer stories than this is little to choose from
A_LOOK = 5  # rows of each pile on the desk


@dataclass(frozen=True)
class Pile:
    """How many wait, and the first of them."""

    number: int
    rows: Sequence[Any]


@dataclass(frozen=True)
class Desk:
    stories: Pile  # of Story
    asks: Pile  # of Ask; those that wait long, or have no owner
    inbox: Pile  # of Item; those that people suggested come first
    suggested: int  # of them, by people
    expiring: Pile  # of Item
    troubled: Pile  # of Source
    ownerless: Pile  # of Topic
    library: int  # items that can be told now
    week: Row | None  # the last whole week's numbers

    @property
    def next(self) -> str:
        """The one thing to do first: a colleague who waits before all else."""
        order = [
            ("stories", self.stories.number),
            ("asks", self.asks.number),
            ("suggested", self.suggested),
            ("inbox", self.inbox.number),
            ("troubled", self.troubled.number),
            ("expiring", self.expiring.number),
            ("library", self.library < FEW),
            ("ownerless", self.ownerless.number),
        ]
        return next((name for name, waits in order if waits), "")


def desk(member: Member, *, now: datetime) -> Desk:
    """What the member looks after, as it stands."""
    today = localdate(now)
    items = items_to_curate(member)
    inbox = waiting(items)
    return Desk(
        stories=_pile(_stories(member)),
        asks=_pile(late_asks(member, now=now)),
        inbox=_pile(inbox.order_by(F("suggested_by").asc(nulls_last=True), "-pk")),
        suggested=inbox.filter(suggested_by__isnull=False).count(),
        expiring=_pile(_expiring(items, today)),
        troubled=_pile(_troubled(sources_of(member))),
        ownerless=_pile(Topic.objects.filter(owners__isnull=True).order_by("name")),
        library=items.filter(state=Item.State.READY)[:FEW].count(),
        week=_last_week(today),
    )


def _pile(rows: "QuerySet[Any]") -> Pile:
    return Pile(rows.count(), list(rows[:A_LOOK]))


def _stories(member: Member) -> "QuerySet[Story]":
    return stories_to_review(member).select_related("author").order_by("state_since")


def _expiring(items: "QuerySet[Item]", today: date) -> "QuerySet[Item]":
    return items.filter(
        state=Item.State.READY, valid_until__gte=today, valid_until__lte=today + SOON
    ).order_by("valid_until", "pk")


def _troubled(sources: "QuerySet[Source]") -> "QuerySet[Source]":
    unwell = Q(failures__gt=0) | Q(state=Source.State.STOPPED) & ~Q(reason="")
    return sources.filter(unwell).order_by("-failures", "pk")


def _last_week(today: date) -> Row | None:
    week = monday(today) - WEEK
    rows = weeks(Month.of(week))
    return next((row for row in rows if row.key == week.isoformat()), None)
