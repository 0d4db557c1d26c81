"""The results page from counts, and the same numbers from the rows themselves.

    python -m benchmarks.results            100,000 members, 1 million shares
    python -m benchmarks.results --small    a tenth of that

With DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite in a
temporary folder.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from benchmarks.place import an_empty_place

REPEATS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        from benchmarks import large

        began = time.monotonic()
        large.fill(100_000 // size, 1_000_000 // size, 5_000 // size)
        print(f"filled in {time.monotonic() - began:.0f} s")
        measure()


def measure() -> None:
    from django.db import connection

    from benchmarks import large
    from pesue.foundation.counts import Count
    from pesue.measurement.periods import Month
    from pesue.measurement.steps import count

    began = time.monotonic()
    months = count(large.NOW)
    took = time.monotonic() - began
    print(f"{connection.vendor}: {months} months counted from nothing in {took:.1f} s,")
    print(f"{Count.objects.count()} counts")
    large.analyse()
    month = Month.of((large.NOW - timedelta(days=40)).date())
    for cut in ("team", "item", "topic", "channel"):
        page = median(lambda cut=cut: from_counts(month, cut))
        rows = median(lambda cut=cut: from_rows(month, cut), repeats=3)
        print(f"by {cut:8} {page:7.1f} ms  {rows:9.1f} ms  {rows / page:6.0f} times")


def median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """In milliseconds; the first run, which warms what is warmed, is left out."""
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def from_counts(month: object, cut: str) -> None:
    """The whole page, as a lead sees it."""
    from django.test import Client

    from pesue.people.models import Member

    global _client
    if _client is None:
        _client = Client(headers={"host": "localhost"})
        lead = Member.objects.order_by("pk")[0]
        _client.force_login(lead, "allauth.account.auth_backends.AuthenticationBackend")
    answer = _client.get("/results", {"month": str(month), "by": cut})
    assert answer.status_code == 200


_client = None


def from_rows(month: object, cut: str) -> None:
    """The page's sums alone, without protection: by day, and by one cut."""
    from django.db.models import Count, Sum
    from django.db.models.functions import TruncDate

    from pesue.foundation.days import midnight
    from pesue.sharing.models import LinkDay, Share
    from pesue.sharing.statistics import POSTED

    field = {
        "team": "member__team",
        "item": "item",
        "topic": "item__topics",
        "channel": "channel",
    }[cut]
    shares = Share.objects.filter(
        state__in=POSTED,
        shared_at__gte=midnight(month.begins),
        shared_at__lt=midnight(month.ends),
    ).order_by()
    days = LinkDay.objects.filter(day__gte=month.begins, day__lt=month.ends).order_by()
    people = Count("member", distinct=True)
    sums = {"readers": Sum("people"), "visits": Sum("hits")}
    by_day = shares.annotate(day=TruncDate("shared_at")).values("day")
    list(by_day.annotate(posts=Count("pk"), tellers=people))
    list(days.values("day").annotate(**sums))
    list(shares.values(field).annotate(posts=Count("pk"), tellers=people))
    list(days.values(f"link__share__{field}").annotate(**sums))


if __name__ == "__main__":
    main()
