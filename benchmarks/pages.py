"""Server time of the everyday pages: a small organisation beside a large one.

    python -m benchmarks.pages            100,000 members, 1 million shares
    python -m benchmarks.pages --small    a tenth of that

With DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite in a
temporary folder.
"""

import argparse
import os
import statistics
import tempfile
import time

import django

PAGES = [
    "/",
    "/library",
    "/library?q=yövuoro",
    "/compose/{item}",
    "/shares",
    "/results",
]
REPEATS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PESUE_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        measure(size)


def measure(size: int) -> None:
    from benchmarks import large
    from pesue.measurement.steps import count
    from pesue.worker import STEPS

    small: dict[str, tuple[float, int]] = {}
    for members, shares, items in ((240, 2_400, 40), (100_000, 1_000_000, 5_000)):
        from django.core.management import call_command

        call_command("flush", interactive=False, verbosity=0)
        began = time.monotonic()
        large.fill(members // size or 100, shares // size, max(items // size, 40))
        for step in STEPS:
            if step.__module__.startswith("pesue.content"):
                step(large.NOW)
        count(large.NOW)
        print(f"filled {members // size} members in {time.monotonic() - began:.0f} s")
        found = {page: timed(page) for page in PAGES}
        if not small:
            small = found
            continue
        print(
            f"{'page':24} {'small ms':>9} {'large ms':>9} {'ratio':>6} {'queries':>8} {'kB':>6}"
        )
        for page, (ms, queries, weight) in found.items():
            before = small[page][0]
            print(
                f"{page:24} {before:9.1f} {ms:9.1f} {ms / before:6.1f} {queries:8} {weight:6.1f}"
            )


def timed(page: str) -> tuple[float, int, float]:
    """Median server time in ms, number of queries, weight in kB."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pesue.content.models import Item
    from pesue.people.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(
        Member.objects.order_by("pk")[0], "django.contrib.auth.backends.ModelBackend"
    )
    address = page.format(item=Item.objects.order_by("-pk")[0].pk)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        client.get(address, follow=True)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), len(queries), len(answer.content) / 1000


if __name__ == "__main__":
    main()
