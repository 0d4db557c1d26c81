"""The wall of what people are proud of, with 100,000 members and all they showed.

    python -m benchmarks.wall [MEMBERS]

On SQLite in a temporary folder, or with DATABASE_URL on that (empty) PostgreSQL. A page
is four queries of one page each, merged; beside it, in turns in the same run, what one
would write first: all that is shown, sorted by Python, and the page cut out of it.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.place import an_empty_place

REPEATS = 9
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fill(people: int) -> None:
    """Of ten members six were thanked in public, one honoured, two wrote a story."""
    from benchmarks.large import bulk
    from pesue.content.models import Story
    from pesue.encouragement.models import Honour, Letter, Thanks
    from pesue.people.models import Member, Organisation, Team

    chance = random.Random(1)
    Organisation.objects.create(pk=1, name="Suuri Oy")
    root = Team.objects.create(name="Suuri")
    halls = [Team.objects.create(name=f"Talo {n}", parent=root) for n in range(20)]
    teams = [
        Team.objects.create(name=f"T {n}", parent=halls[n % 20]) for n in range(400)
    ]
    here = {"state": "active", "state_since": NOW, "joined_at": NOW, "language": "fi"}
    bulk(
        (
            Member(email=f"m{n}@e.org", name=f"J {n}", team=teams[n % 400], **here)
            for n in range(people)
        ),
        Member,
    )
    pks = list(Member.objects.order_by("pk").values_list("pk", flat=True))

    def two() -> dict[str, Any]:
        giver, receiver = chance.sample(pks, 2)
        at = NOW - timedelta(minutes=chance.randrange(500_000))
        return {"giver_id": giver, "receiver_id": receiver, "at": at, "shown_at": at}

    bulk((Thanks(what="Vuorosta", **two()) for _ in range(people * 6 // 10)), Thanks)
    bulk(
        (Honour(kind="esteem", reason="Ohje", **two()) for _ in range(people // 10)),
        Honour,
    )
    bulk((_letter(two(), teams[n % 400]) for n in range(people // 20)), Letter)
    bulk((_story(two(), n) for n in range(people // 5)), Story)


def _letter(of: dict[str, Any], team: Any) -> Any:
    from pesue.encouragement.models import Letter

    return Letter(
        words="Lämmin leipä",
        sender="Matkustaja",
        came_on=NOW.date(),
        wide=True,
        team=team,
        at=of["at"],
        shown_at=of["shown_at"],
        ends_on=NOW.date() + timedelta(days=365),
    )


def _story(of: dict[str, Any], n: int) -> Any:
    from pesue.content.models import Story

    return Story(
        author_id=of["giver_id"],
        title=f"Tarina {n}",
        state="accepted",
        state_since=NOW,
        made_at=of["at"],
        accepted_at=of["at"],
    )


def plainly(reader: Any, team: Any) -> list[Any]:
    """All of it in one list: what the page is cut out of."""
    from pesue.encouragement.queries.wall import PAGE, Entry, _sources

    found = [
        Entry(kind, getattr(row, when), row)
        for kind, rows, when in _sources(reader, team, NOW)
        for row in rows
    ]
    return sorted(found, key=lambda one: one.place)[:PAGE]


def timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    from pesue.encouragement.queries.wall import page
    from pesue.people.models import Member, Team

    reader = Member.objects.select_related("team").order_by("pk")[7]
    hall = Team.objects.get(name="Talo 7")
    deep = NOW - timedelta(days=300)
    cursor = f"{deep.isoformat()}~story~1"
    asked: dict[str, Callable[[], object]] = {
        "all of us": lambda: page(reader, now=NOW),
        "all of us, 300 days back": lambda: page(reader, after=cursor, now=NOW),
        "a house of 20 teams": lambda: page(reader, team=hall, now=NOW),
        "a team of 250": lambda: page(reader, team=reader.team, now=NOW),
        "plainly, all of us": lambda: plainly(reader, None),
        "plainly, a house": lambda: plainly(reader, hall),
    }
    assert [e.place for e in page(reader, now=NOW).entries] == [
        e.place for e in plainly(reader, None)
    ]
    took: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(REPEATS):
        for name, ask in asked.items():
            if "plainly" not in name or turn < 3:
                took[name].append(timed(ask))
    first = statistics.median(took["all of us"])
    for name, times in took.items():
        median = statistics.median(times)
        print(f"{name:28} {median:10.1f} ms   x {median / first:8.1f}")


if __name__ == "__main__":
    with an_empty_place():
        many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        fill(many)
        main()
