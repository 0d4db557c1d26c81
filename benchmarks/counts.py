"""A month counted with the statistics' own SQL, and with Django's queries instead.

    python -m benchmarks.counts            100,000 members, 1 million shares
    python -m benchmarks.counts --small    a tenth of that

Both in turn, in one run, on the same rows; they must give the same acts. With
DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite.
"""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from unittest import mock

from benchmarks.place import an_empty_place

REPEATS = 5
PLACE = ("item_id", "channel", "team_id", "topic_id")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        from benchmarks import large

        large.fill(100_000 // size, 1_000_000 // size, 5_000 // size)
        measure()


def measure() -> None:
    from django.db import connection

    from benchmarks import large
    from pesue.measurement.actions.counts import COUNTED, fill
    from pesue.measurement.periods import Month
    from pesue.measurement.queries import acts

    month = Month.of((large.NOW - timedelta(days=40)).date())
    asked = (COUNTED, month.begins, month.ends)
    assert summed(acts.happened(*asked)) == summed(by_django(*asked))
    acts_of = {"SQL": acts.happened, "Django": by_django}
    reading: dict[str, list[float]] = {name: [] for name in acts_of}
    filling: dict[str, list[float]] = {name: [] for name in acts_of}
    for _ in range(REPEATS):
        for name, happened in acts_of.items():
            reading[name].append(seconds(lambda of=happened: exhaust(of(*asked))))
            with mock.patch.object(acts, "happened", happened):
                until = large.NOW.date()
                filling[name].append(seconds(lambda u=until: fill(month, until=u)))
    print(
        f"{connection.vendor}: {sum(1 for _ in acts.happened(*asked)):,} rows of acts"
    )
    for what, took in (("reading", reading), ("filling", filling)):
        ours, theirs = (statistics.median(took[name]) for name in ("SQL", "Django"))
        print(f"{what}: {ours:.2f} s, Django {theirs:.2f} s: {theirs / ours:.2f} times")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def exhaust(rows: Iterator[object]) -> None:
    for _ in rows:
        pass


def summed(rows: Iterator[Any]) -> Counter[object]:
    found: Counter[object] = Counter()
    for act in rows:
        place = (act.member, act.day, act.item, act.channel, act.team, act.topic)
        for name, number in act.numbers.items():
            found[name, place] += 0 if name == "shares.people" else number
    return found


def by_django(_statistics: object, begins: date, ends: date) -> Iterator[Any]:
    yield from posts(begins, ends)
    yield from visits(begins, ends)


def posts(begins: date, ends: date) -> Iterator[Any]:
    from django.db.models import Count
    from django.db.models.functions import TruncDate
    from django.utils.timezone import get_default_timezone

    from pesue.foundation.days import midnight
    from pesue.measurement.queries.acts import CHUNK, Happened
    from pesue.sharing.models import Share
    from pesue.sharing.statistics import CONFIRMED, POSTED, PUBLISHED, TELLERS

    inside = {"shared_at__gte": midnight(begins), "shared_at__lt": midnight(ends)}
    rows = (
        Share.objects.filter(state__in=POSTED, **inside)
        .annotate(day=TruncDate("shared_at", tzinfo=get_default_timezone()))
        .values_list("way", "member_id", "day", *PLACE)
        .annotate(number=Count("pk"))
        .order_by()
    )
    for way, member, *about, number in rows.iterator(CHUNK):
        by = PUBLISHED if way == "api" else CONFIRMED
        yield Happened(member, {by.name: number, TELLERS.name: 1}, *about)


def visits(begins: date, ends: date) -> Iterator[Any]:
    from django.db.models import Sum

    from pesue.measurement.queries.acts import CHUNK, Happened
    from pesue.sharing.models import LinkDay
    from pesue.sharing.statistics import READERS, VISITS

    place = [f"link__share__{name}" for name in PLACE]
    rows = (
        LinkDay.objects.filter(day__gte=begins, day__lt=ends, hits__gt=0)
        .values_list("link__share__member_id", "day", *place)
        .annotate(readers=Sum("people"), visits=Sum("hits"))
        .order_by()
    )
    for member, *about, readers, hits in rows.iterator(CHUNK):
        yield Happened(member, {READERS.name: readers, VISITS.name: hits}, *about)


if __name__ == "__main__":
    main()
