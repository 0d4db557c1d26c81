"""Storing what the click log holds, and the tallies made of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q

from pesue.sharing.clicks.log import Click
from pesue.sharing.clicks.visitors import day_begins, day_of
from pesue.sharing.models.links import Link, LinkDay, Visit

ASKED_AT_ONCE = 900  # values in one question: below every SQLite's limit
TALLIES_AT_ONCE = ASKED_AT_ONCE // 6


class Counted(NamedTuple):
    """A click with what the other rows tell of it."""

    click: Click
    day: date
    visitor: int
    first: bool


def store(clicks: Sequence[Click], *, now: datetime) -> int:
    """Store clicks as visits and add them to the tallies, in one transaction.

    Returns how many were stored; a click of a link that was erased meanwhile is not.
    Told the same click twice, it stores it twice: whoever calls remembers, within
    a transaction around this one, how far it came.
    """
    with transaction.atomic():
        linked = _of_links(clicks)
        counted = _counted(linked)
        _insert(counted)
        _add(counted, now)
    return len(counted)


def first_kept_day(now: datetime) -> date:
    """Single visits of earlier days have aged into totals, or are about to."""
    return day_of(now - settings.KEEP_VISITS, ZoneInfo(settings.TIME_ZONE))


def recount(link_ids: Iterable[int], *, now: datetime) -> None:
    """Make the links' tallies anew from the visits, for the days that still have them.

    Changes nothing unless a tally was wrong, which no code path known to us does:
    it is the tallies' proof, and their cure after work on the database by hand.
    """
    links, since = list(link_ids), first_kept_day(now)
    with transaction.atomic():
        _let_no_one_add()
        rows = (
            Visit.objects.filter(link__in=links, day__gte=since)
            .values("link_id", "day")
            .annotate(
                people=Count("pk", filter=Q(first=True)),
                hits=Count("pk", filter=Q(robot="")),
                robots=Count("pk", filter=~Q(robot="")),
            )
        )
        tallies = [LinkDay(**row, changed_at=now) for row in rows]
        LinkDay.objects.filter(link__in=links, day__gte=since).delete()
        LinkDay.objects.bulk_create(tallies)


def _of_links(clicks: Sequence[Click]) -> list[Click]:
    asked = list({click.link for click in clicks})
    known: set[int] = set()
    for start in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[start : start + ASKED_AT_ONCE]
        known.update(Link.objects.filter(pk__in=some).values_list("pk", flat=True))
    return [click for click in clicks if click.link in known]


def _counted(clicks: Sequence[Click]) -> list[Counted]:
    """The clicks with their days, and whether each is its visitor's first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    starts, ends, day = 0.0, 0.0, date.min  # milliseconds
    dated = []
    people: dict[date, set[int]] = defaultdict(set)
    for click in clicks:
        if not starts <= click.ms < ends:
            day = day_of(datetime.fromtimestamp(click.ms / 1000, UTC), zone)
            starts = day_begins(day, zone).timestamp() * 1000
            ends = day_begins(day + timedelta(days=1), zone).timestamp() * 1000
        visitor = int.from_bytes(bytes.fromhex(click.visitor), "big", signed=True)
        dated.append((click, day, visitor))
        if not click.kind:
            people[day].add(visitor)
    seen = _seen(people)
    counted = []
    for click, day, visitor in dated:
        who = (day, visitor, click.link)
        first = not click.kind and who not in seen
        if first:
            seen.add(who)
        counted.append(Counted(click, day, visitor, first))
    return counted


def _seen(people: dict[date, set[int]]) -> set[tuple[date, int, int]]:
    """Which of these visitors have been on which link that day already."""
    seen: set[tuple[date, int, int]] = set()
    for day, visitors in people.items():
        asked = list(visitors)
        for start in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[start : start + ASKED_AT_ONCE]
            rows = Visit.objects.filter(first=True, day=day, visitor__in=some)
            seen.update(rows.values_list("day", "visitor", "link_id"))
    return seen


def _insert(counted: Sequence[Counted]) -> None:
    """As bulk_create, at a third of its cost: a busy day is a million rows."""
    fields = ["link_id", "at", "day", "source", "device", "robot", "visitor", "first"]
    when, on = connection.ops.adapt_datetimefield_value, _as_day()
    rows: list[tuple[Any, ...]] = [
        (
            click.link,
            when(datetime.fromtimestamp(click.ms / 1000, UTC)),
            on[day],
            click.source,
            click.device,
            click.kind,
            visitor,
            first,
        )
        for click, day, visitor, first in counted
    ]
    table, names = Visit._meta.db_table, ", ".join(fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _add(counted: Sequence[Counted], now: datetime) -> None:
    """Add to the tallies, in one order, so that two hosts do not wait in a ring."""
    people: Counter[tuple[int, date]] = Counter()
    hits, robots = people.copy(), people.copy()
    for click, day, _visitor, first in counted:
        tally = (click.link, day)
        people[tally] += first
        (robots if click.kind else hits)[tally] += 1
    when, on = connection.ops.adapt_datetimefield_value(now), _as_day()
    rows: list[tuple[Any, ...]] = [
        (link, on[day], people[link, day], hits[link, day], robots[link, day], when)
        for link, day in sorted(people)
    ]
    table = LinkDay._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), TALLIES_AT_ONCE):
            some = rows[start : start + TALLIES_AT_ONCE]
            places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {table} (link_id, day, people, hits, robots, changed_at) "
                f"VALUES {places} ON CONFLICT (link_id, day) DO UPDATE SET "
                f"people = {table}.people + excluded.people, "
                f"hits = {table}.hits + excluded.hits, "
                f"robots = {table}.robots + excluded.robots, "
                "changed_at = excluded.changed_at",
                [value for row in some for value in row],
            )


class _as_day(dict[date, object]):
    """Days as the database's driver wants them, each made once."""

    def __missing__(self, day: date) -> object:
        self[day] = connection.ops.adapt_datefield_value(day)
        return self[day]


def _let_no_one_add() -> None:
    """Until the end of this transaction. SQLite has one writer as it is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"LOCK TABLE {LinkDay._meta.db_table} IN SHARE ROW EXCLUSIVE MODE"
            )
