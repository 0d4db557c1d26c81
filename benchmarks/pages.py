"""Server time of the everyday pages: a small organisation beside a large one.

    python -m benchmarks.pages            100,000 members, 1 million shares
    python -m benchmarks.pages --small    a tenth of that

With DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite in a
temporary folder.
"""

import argparse
import statistics
import time
from typing import Any

from benchmarks.place import an_empty_place

PAGES = [
    "/",
    "/library",
    "/library?q=yövuoro",
    "/compose/{item}",
    "/shares",
    "/results",
    "/guidance",
    "/coverage",
    "/coverage/values/{value}",
    "/concepts",
    "/concepts/{concept}",
]
REPEATS = 30
HEAD = (
    f"{'page':24} {'small ms':>9} {'large ms':>9} {'ratio':>6} {'queries':>8} {'kB':>6}"
)
Measured = tuple[float, int, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        measure(size)


def measure(size: int) -> None:
    """A small organisation, then a large one in the same place; a row a page."""
    small = measured(240, 2_400, 40)
    large = measured(100_000 // size, 1_000_000 // size, 5_000 // size)
    print(HEAD)
    for page, (ms, queries, weight) in large.items():
        before = small[page][0]
        print(
            f"{page:24} {before:9.1f} {ms:9.1f} {ms / before:6.1f} "
            f"{queries:8} {weight:6.1f}"
        )


def measured(members: int, shares: int, items: int) -> dict[str, Measured]:
    from django.core.management import call_command

    from benchmarks import large
    from pesue.content.queries.search import index_all
    from pesue.measurement.steps import count

    call_command("flush", interactive=False, verbosity=0)
    began = time.monotonic()
    large.fill(members, shares, items)
    index_all()
    count(large.NOW)
    print(f"{members} members filled in {time.monotonic() - began:.0f} s", flush=True)
    return {page: timed(page) for page in PAGES}


def timed(page: str) -> Measured:
    """Median server time in ms, number of queries, weight in kB."""
    from django.db import connection
    from django.test import Client

    from pesue.content.models import Item
    from pesue.guidance.models import Concept, Value
    from pesue.people.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(
        Member.objects.order_by("pk")[0],
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    address = page.format(
        item=Item.objects.order_by("-pk")[0].pk,
        value=Value.objects.order_by("pk")[0].pk,
        concept=Concept.objects.order_by("pk")[0].pk,
    )
    queries: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        answer = client.get(address, follow=True)
    arrived = not answer.redirect_chain and answer.status_code == 200
    assert arrived, (address, answer.status_code, answer.redirect_chain)
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        client.get(address, follow=True)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), len(queries), len(answer.content) / 1000


if __name__ == "__main__":
    main()
