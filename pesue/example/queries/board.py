"""Of which topics somebody speaks, and of which no leader does. For leaders alone.

Topics stand in their own order, in weeks, and nobody's name beside them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from pesue.content.models import Story
from pesue.example.access.leaders import leading
from pesue.example.models import Inside
from pesue.foundation.counts import K
from pesue.guidance.models import Topic
from pesue.people.models import Member
from pesue.sharing.models import Share

QUIET = 4  # weeks after which it is said that no leader has spoken
LOOKED = timedelta(weeks=26)  # further back is not looked


@dataclass(frozen=True)
class Row:
    topic: Topic
    own: bool
    weeks: int | None  # since anybody told of it; None: not in half a year
    mine: int | None  # since I did
    quiet: bool | None  # no leader has for QUIET weeks; None: too few lead to say


def board(member: Member, *, now: datetime) -> list[Row]:
    """Topics that have owners. Where fewer than K people lead, that none of them spoke
    would tell of each: then it is not said."""
    lead = leading()
    topics = Topic.objects.filter(owners__state=Member.State.ACTIVE).distinct()
    own = set(member.topics_owned.values_list("pk", flat=True))
    anybody = _last(None, now=now)
    mine = _last(Member.objects.filter(pk=member.pk), now=now)
    said = lead.count() >= K
    theirs = _last(lead, now=now) if said else {}
    today = localdate(now)
    rows = [
        Row(
            topic,
            topic.pk in own,
            _weeks(anybody.get(topic.pk), today),
            _weeks(mine.get(topic.pk), today),
            _is_quiet(theirs.get(topic.pk), today) if said else None,
        )
        for topic in topics
    ]
    return sorted(rows, key=lambda row: (not row.own, row.topic.name))


def _weeks(day: date | None, today: date) -> int | None:
    return None if day is None else max(0, (today - day).days // 7)


def _is_quiet(day: date | None, today: date) -> bool:
    weeks = _weeks(day, today)
    return weeks is None or weeks >= QUIET


def _last(who: "QuerySet[Member] | None", *, now: datetime) -> dict[int, date]:
    """By topic, the last day on which it was told of: outside, or inside by leaders."""
    found: dict[int, datetime] = {}
    for rows in _told(who, now - LOOKED):
        for topic, at in rows:
            found[topic] = max(at, found.get(topic, at))
    return {topic: localdate(at) for topic, at in found.items()}


def _told(
    who: "QuerySet[Member] | None", since: datetime
) -> list["QuerySet[Any, Any]"]:
    """Each kind of telling, by topic with its last time."""

    def last(rows: Any, by: str, topic: str, at: str) -> "QuerySet[Any, Any]":
        named = rows.filter(**{f"{at}__gte": since, f"{topic}__isnull": False})
        if who is not None:
            named = named.filter(**{f"{by}__in": who.values("pk")})
        counted: QuerySet[Any, Any] = (
            named.order_by().values_list(topic).annotate(last=Max(at))
        )
        return counted

    shares = Share.objects.filter(state=Share.State.SHARED)
    stories = Story.objects.filter(state=Story.State.ACCEPTED)
    return [
        last(shares, "member", "topic", "shared_at"),
        last(stories, "author", "item__topics", "accepted_at"),
        last(Inside.objects.all(), "member", "topic", "at"),
    ]
