"""A ledger of 10 million transfers: balances beside a sum over the entries.

    python -m benchmarks.ledger [TRANSFERS]

On SQLite in a temporary folder, or with DATABASE_URL on that (empty) PostgreSQL. The
database's guards are away while the rows go in, and all is added up once they are back.
Everything of a table is measured in one run, in turns: compare within it only. On
SQLite the time is that of the processor, as one process does all.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks.place import an_empty_place

if TYPE_CHECKING:
    from pesue.encouragement.models import Purse

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MEMBERS, BUDGETS, AT_ONCE = 100_000, 20, 100_000
COLUMNS = (
    *("debit_id", "credit_id", "amount", "unit", "debit_nr", "debit_after"),
    *(
        "credit_nr",
        "credit_after",
        "reason",
        "fact",
        "row",
        "happened_at",
        "at",
        "once",
    ),
)
PLENTY = 10**9


def purses() -> "list[Purse]":
    """The house, the budgets, what is spent, and 100,000 members."""
    from benchmarks.large import bulk
    from pesue.encouragement.models import Purse
    from pesue.people.models import Member

    people = {"state": "active", "state_since": NOW, "joined_at": NOW}
    bulk(
        (Member(email=f"m{n}@e.org", name="J", **people) for n in range(MEMBERS)),
        Member,
    )
    members = Member.objects.order_by("pk").values_list("pk", flat=True)
    nobodys = [
        Purse(kind="house", unit="point", name="house", may_owe=True),
        Purse(kind="spent", unit="point", name="spent"),
        *(Purse(kind="budget", unit="point") for _ in range(BUDGETS)),
    ]
    own = (Purse(kind="points", unit="point", member_id=pk) for pk in members)
    bulk(iter([*nobodys, *own]), Purse)
    return list(Purse.objects.order_by("pk"))


def rows(
    transfers: int, keys: list[int], has: list[int], moves: list[int]
) -> Iterator[tuple[Any, ...]]:
    """Nine in ten are earned out of a budget, one in ten is spent.

    `has` and `moves` are brought up to date, by the accounts' places.
    """
    chance = random.Random(1).random
    house, spent, first = 0, 1, 2 + BUDGETS
    at = NOW.replace(tzinfo=None).isoformat(" ")
    for nr in range(transfers):
        who = first + int(MEMBERS * chance())
        if nr < BUDGETS:
            debit, credit, amount = house, 2 + nr, PLENTY
        elif nr % 10 or not has[who]:
            debit, credit, amount = 2 + nr % BUDGETS, who, 10 + nr % 50
        else:
            debit, credit, amount = who, spent, 1 + has[who] // 2
        has[debit] -= amount
        has[credit] += amount
        moves[debit] += 1
        moves[credit] += 1
        yield (
            *(keys[debit], keys[credit], amount, "point"),
            *(moves[debit], has[debit], moves[credit], has[credit]),
            *("A story", "story.accepted", nr, at, at, f"story:{nr}"),
        )


def fill(transfers: int, accounts: "list[Purse]") -> float:
    """Seconds that it took."""
    from django.db import connection, transaction

    held = ", ".join(["%s"] * len(COLUMNS))
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    insert = f"INSERT INTO pesue_transfer ({names}) VALUES ({held})"
    keys, nothing = [one.pk for one in accounts], [0] * len(accounts)
    has, moves = nothing.copy(), nothing.copy()
    coming, begun = rows(transfers, keys, has, moves), clock()
    with unguarded():
        while batch := list(islice(coming, AT_ONCE)):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(insert, batch)
        ends = list(zip(has, moves, keys, strict=True))
        moved = "UPDATE pesue_purse SET balance = %s, moves = %s WHERE id = %s"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(moved, ends)
    taken = clock() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return taken


@contextmanager
def unguarded() -> Iterator[None]:
    """The ledger without its guards, in a database that is thrown away."""
    from django.db import connection

    tables = ("pesue_purse", "pesue_transfer")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            away = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            back = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute("PRAGMA cache_size=-3000000")
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            made = cursor.fetchall()
            away = [f"DROP TRIGGER {name}" for name, _sql in made]
            back = [*(sql for _name, sql in made), "PRAGMA cache_size=-20000"]
        for statement in away:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


def clock() -> float:
    from django.db import connection

    one_process = connection.vendor == "sqlite"
    return time.process_time() if one_process else time.perf_counter()


def summed(purse: "Purse") -> int:
    """A balance as a ledger without one has it."""
    from django.db.models import Sum

    from pesue.encouragement.models import Transfer

    came = Transfer.objects.filter(credit=purse).aggregate(n=Sum("amount"))["n"] or 0
    went = Transfer.objects.filter(debit=purse).aggregate(n=Sum("amount"))["n"] or 0
    return int(came - went)


def kept(purse: "Purse") -> int:
    from pesue.encouragement.models import Purse

    return int(Purse.objects.values_list("balance", flat=True).get(pk=purse.pk))


def timed(asked: Callable[[], object], most: int = 15) -> float:
    """The median in milliseconds; fewer turns where one takes seconds."""
    took: list[float] = []
    while len(took) < most and sum(took) < 20_000:
        begun = clock()
        asked()
        took.append(1000 * (clock() - begun))
    return statistics.median(took)


def measure(accounts: "list[Purse]") -> None:
    from pesue.encouragement.actions import ledger
    from pesue.encouragement.queries.ledger import balance_at, entries

    member, budget, spent = accounts[-1], accounts[2], accounts[1]
    print("\n| the balance of | entries | kept, ms | summed, ms | ratio |")
    print("|---|---:|---:|---:|---:|")
    for name, purse in (
        ("a member", member),
        ("a budget", budget),
        ("all spent", spent),
    ):
        purse.refresh_from_db()
        assert kept(purse) == summed(purse)
        ours, theirs = timed(lambda p=purse: kept(p)), timed(lambda p=purse: summed(p))
        row = f"| {name} | {purse.moves:,} | {ours:.2f} | {theirs:,.1f} |"
        print(f"{row} {theirs / ours:,.0f} |")
    print("\n| what | median, ms |\n|---|---:|")
    once = iter(range(10**6))

    def pay() -> None:
        ledger.transfer(
            debit=budget,
            credit=member,
            amount=1,
            reason="x",
            now=NOW,
            once=f"measured:{next(once)}",
        )

    for name, asked in (
        ("one transfer, whole", pay),
        ("a page of 100 entries of a budget", lambda: entries(budget, most=100)),
        ("the same, far back", lambda: entries(budget, most=100, before=1000)),
        ("a balance at a time gone by", lambda: balance_at(budget, NOW)),
    ):
        print(f"| {name} | {timed(asked):.2f} |")


def main() -> None:
    transfers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with an_empty_place():
        from django.db import connection

        from pesue.encouragement.queries.ledger import unbalanced

        accounts = purses()
        taken = fill(transfers, accounts)
        print(f"{connection.vendor}: {transfers:,} transfers in {taken:,.0f} s")
        begun = clock()
        print(f"unbalanced: {len(unbalanced())}, found in {clock() - begun:,.1f} s")
        measure(accounts)


if __name__ == "__main__":
    main()
