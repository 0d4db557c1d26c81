"""Storing who read the stories that we show, as visits of links are stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pesue.content.models import Story
from pesue.sharing.actions.visits import ASKED_AT_ONCE
from pesue.sharing.clicks import log
from pesue.sharing.clicks.visitors import day_of
from pesue.sharing.models import Landing, LandingDay, LandingsKnown

Value = TypeVar("Value", int, str)
SOON = timedelta(minutes=1)  # how often it is noted that all is stored


class Seen(NamedTuple):
    item: int
    day: date
    visitor: int
    robot: str


def land(landings: Sequence[log.Landing]) -> int:
    """Store landings and add them to the tallies, in one transaction.

    Returns how many were stored; one on a story that has been erased is not. Told the
    same twice, it stores it twice, as `visits.store` does.
    """
    if not landings:
        return 0
    zone = ZoneInfo(settings.TIME_ZONE)
    with transaction.atomic():
        items = _items({one.page for one in landings})
        seen = [
            Seen(items[one.page], _day(one.ms, zone), _number(one.visitor), one.kind)
            for one in landings
            if one.page in items
        ]
        rows = _rows(seen)
        Landing.objects.bulk_create(rows, batch_size=ASKED_AT_ONCE // 5)
        _add(rows)
    return len(rows)


def all_stored(now: datetime) -> None:
    """Note that all until now is stored: whoever is not in it did not come."""
    known, is_new = LandingsKnown.objects.get_or_create(
        pk=1, defaults={"since": now, "until": now}
    )
    if not is_new and known.until <= now - SOON:
        LandingsKnown.objects.filter(until__lt=now).update(until=now)


def _items(pages: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _some(sorted(pages)):
        rows = Story.objects.filter(slug__in=some, item__isnull=False)
        found |= dict(rows.values_list("slug", "item_id"))
    return found


def _rows(seen: Sequence[Seen]) -> list[Landing]:
    """Each with whether it is its visitor's first of the day on the page."""
    known = _known({one for one in seen if not one.robot})
    rows = []
    for one in seen:
        first = not one.robot and one not in known
        if first:
            known.add(one)
        rows.append(Landing(first=first, **_named(one)))
    return rows


def _named(one: Seen) -> dict[str, object]:
    fields = one._asdict()
    return {"item_id": fields.pop("item"), **fields}


def _known(people: set[Seen]) -> set[Seen]:
    """Who of these has been on which page that day already."""
    found: set[Seen] = set()
    for day in {one.day for one in people}:
        visitors = sorted({one.visitor for one in people if one.day == day})
        for some in _some(visitors):
            rows = Landing.objects.filter(first=True, day=day, visitor__in=some)
            fields = rows.values_list("item_id", "day", "visitor", "robot")
            found.update(Seen(*row) for row in fields)
    return found


def _add(rows: Sequence[Landing]) -> None:
    """Add to the tallies, in one order, so that two hosts do not wait in a ring."""
    people: Counter[tuple[int, date]] = Counter()
    hits, robots = people.copy(), people.copy()
    for row in rows:
        tally = (row.item_id, row.day)
        people[tally] += row.first
        (robots if row.robot else hits)[tally] += 1
    for item, day in sorted(people):
        kept, _is_new = LandingDay.objects.get_or_create(item_id=item, day=day)
        LandingDay.objects.filter(pk=kept.pk).update(
            people=F("people") + people[item, day],
            hits=F("hits") + hits[item, day],
            robots=F("robots") + robots[item, day],
        )


def _day(ms: int, zone: ZoneInfo) -> date:
    return day_of(datetime.fromtimestamp(ms / 1000, UTC), zone)


def _number(visitor: str) -> int:
    return int.from_bytes(bytes.fromhex(visitor), "big", signed=True)


def _some(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]
