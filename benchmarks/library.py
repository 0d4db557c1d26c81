"""The library with 100,000 items: its pages, and its search beside a plain LIKE.

    python -m benchmarks.library [ITEMS]

On SQLite in a temporary folder, or with DATABASE_URL on that (empty) PostgreSQL.
Everything of a table is measured in one run, in turns: compare within it only.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pesue.content.models import Item

REPEATS = 15
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
# A few real stems, and endings that make of them the forms that people write.
STEMS = ["leipomo", "laiva", "työntekijä", "kestävyys", "asiakas", "kahvila", "satama"]
ENDINGS = ["", "n", "ssa", "sta", "lla", "t", "ja", "kin"]
COMMON, RARE, NONE = "laivalla", "ruisjuuri", "olematonta"


def text(chance: random.Random, rare: bool) -> str:
    """Some 60 words: three in four from a tail of 20,000, some of them common."""
    words = [
        chance.choice(STEMS) + chance.choice(ENDINGS)
        if chance.random() < 0.05
        else f"sana{int(20_000 * chance.random() ** 3)}"
        for _ in range(60)
    ]
    return " ".join([*words, *(["ruisjuuren"] if rare else [])])


def fill(items: int) -> None:
    from benchmarks.large import bulk
    from pesue.content.models import Item
    from pesue.content.queries.search import index_all
    from pesue.guidance.models import Topic
    from pesue.people.models import Member, Organisation, Team

    chance = random.Random(1)
    Organisation.objects.create(pk=1, name="Suuri Oy")
    root = Team.objects.create(name="Suuri")
    teams = [Team.objects.create(name=f"Tiimi {n}", parent=root) for n in range(200)]
    topics = [Topic.objects.create(name=f"Aihe {n}") for n in range(12)]
    people = {"state": "active", "state_since": NOW, "joined_at": NOW}
    bulk(
        (
            Member(email=f"m{n}@e.org", name=f"J {n}", team=teams[n % 200], **people)
            for n in range(items)
        ),
        Member,
    )
    bulk((an_item(n, chance) for n in range(items)), Item)
    pks = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    about, meant = Item.topics.through, Item.audience.through
    bulk((about(item_id=pk, topic_id=chance.choice(topics).pk) for pk in pks), about)
    few = pks[::10]
    bulk((meant(item_id=pk, team_id=chance.choice(teams).pk) for pk in few), meant)
    began = time.monotonic()
    index_all()
    print(f"{items:,} items indexed in {time.monotonic() - began:.0f} s")


def an_item(n: int, chance: random.Random) -> "Item":
    from pesue.content.models import Item

    return Item(
        title=f"Uutinen {n} {chance.choice(STEMS)}",
        summary=text(chance, rare=n % 5000 == 17),
        url=f"https://example.org/{n}",
        language="fi",
        state="ready",
        state_since=NOW,
        added_at=NOW - timedelta(minutes=n),
        ready_at=NOW - timedelta(minutes=n),
        valid_until=None if n % 20 else (NOW + timedelta(days=n % 2000)).date(),
    )


def median(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that pass, and those of this process's own processor time.

    The second does not mind a busy machine, and on SQLite it is all there is. The
    first time, which warms up, is left out.
    """
    act()
    passed, own = [], []
    for _ in range(REPEATS):
        began, busy = time.perf_counter(), time.process_time()
        act()
        passed.append(time.perf_counter() - began)
        own.append(time.process_time() - busy)
    return statistics.median(passed) * 1000, statistics.median(own) * 1000


def addresses() -> dict[str, str]:
    from pesue.content.models import Item
    from pesue.content.queries.library import place
    from pesue.guidance.models import Topic

    ready = Item.objects.order_by("-ready_at")
    deep = place(ready[ready.count() * 9 // 10])
    topic = Topic.objects.order_by("pk")[0].pk
    return {
        "first page": "/library",
        "far down": f"/library?before={deep}",
        "one topic": f"/library?topic={topic}",
        "a common word": f"/library?q={COMMON}",
        "a rare word": f"/library?q={RARE}",
        "two words": f"/library?q=laivoja+{RARE}",
        "a beginning": "/library?q=lai",
        "no such word": f"/library?q={NONE}",
        "a common word and a topic": f"/library?q={COMMON}&topic={topic}",
        "one item": f"/library/{ready[1].pk}",
        "calendar": "/calendar",
    }


def pages() -> None:
    """Server time of whole pages, in milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pesue.people.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.order_by("pk")[500])
    print(f"\n| page | ms | processor ms | queries | kB |\n|{'---|' * 5}")
    for name, address in addresses().items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        asked = len(queries)
        assert answer.status_code == 200, (address, answer.status_code)
        ms, own = median(lambda address=address: client.get(address))  # type: ignore[misc]
        weight = len(answer.content) / 1000
        print(f"| {name} | {ms:.1f} | {own:.1f} | {asked} | {weight:.0f} |")


def search() -> None:
    """Ours beside LIKE on title and summary, both with the same paging."""
    from django.db.models import Q

    from pesue.content.access import meant_for
    from pesue.content.queries.library import PAGE, Wanted, shelf
    from pesue.people.models import Member

    member = Member.objects.select_related("team").order_by("pk")[500]

    def like(words: str) -> list[object]:
        rows = meant_for(member)
        for word in words.split():
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        rows = rows.select_related("picture", "source").prefetch_related("topics")
        return list(rows.defer("text").order_by("-ready_at", "-pk")[: PAGE + 1])

    def ours(words: str) -> list[object]:
        return list(shelf(meant_for(member), Wanted(words=words)).items)

    print(
        "\n| words | index ms | LIKE ms | ratio | found | found by LIKE |"
        f"\n|{'---|' * 6}"
    )
    for words in (COMMON, RARE, f"laivoja {RARE}", "lai", NONE):
        here, _ = median(lambda w=words: ours(w))  # type: ignore[misc]
        there, _ = median(lambda w=words: like(w))  # type: ignore[misc]
        found, liked = len(ours(words)), min(len(like(words)), PAGE)
        print(
            f"| {words} | {here:.1f} | {there:.1f} | {there / here:.1f} "
            f"| {found} | {liked} |"
        )


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PESUE_DATA", folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.library_settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", run_syncdb=True, verbosity=0)
        call_command("createcachetable", verbosity=0)
        print(f"on {connection.vendor}")
        fill(items)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages()
        search()


if __name__ == "__main__":
    main()
