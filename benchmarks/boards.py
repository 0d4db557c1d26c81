"""The page of goals and boards, and the same numbers counted while one waits.

    python -m benchmarks.boards            100,000 members, all of them on the board
    python -m benchmarks.boards --small    a tenth of that

With DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite in a
temporary folder. Times are the processor's: what else runs beside it is not in them
(on PostgreSQL neither is what its server does).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

from benchmarks.place import an_empty_place

LESSONS = 3  # that each tenth member has finished this month
TOP = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        from benchmarks import large

        large.fill(100_000 // size, 20_000 // size, 500)
        fill()
        large.analyse()
        measure()


def fill() -> None:
    """A goal of all, a league of the 200 teams, everybody on the board; lessons."""
    from benchmarks.large import NOW, bulk
    from pesue.encouragement.models import Boards, Goal, LeagueTeam, Player
    from pesue.guidance.models import Attempt
    from pesue.people.models import Member, Team

    Boards.objects.create(pk=1, leagues=True, people=True)
    monday = NOW.date() - timedelta(days=NOW.weekday() + 14)
    for what in (Goal.What.GOOD, Goal.What.LESSONS):
        Goal.objects.create(
            what=what,
            target=50_000,
            begins=monday,
            ends=monday + timedelta(days=55),
            made_at=NOW,
            state=Goal.State.RUNNING,
            state_since=NOW,
        )
    teams = Team.objects.filter(children=None)
    bulk((LeagueTeam(team=t, work="desk", joined_at=NOW) for t in teams), LeagueTeam)
    ids = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    bulk((Player(member_id=n, nickname=f"P{n}", joined_at=NOW) for n in ids), Player)
    bulk((one for n in ids[::10] for one in _lessons(Attempt, n)), Attempt)


def _lessons(kind: Any, member: int) -> Any:
    from benchmarks.large import NOW

    for lesson in range(1 + member // 10 % LESSONS):
        yield kind(
            member_id=member,
            course="further",
            lesson=f"l{lesson}",
            at=NOW - timedelta(days=member % 20),
            once=f"{member}-{lesson}",
        )


def measure() -> None:
    from django.db import connection

    from benchmarks.large import NOW
    from pesue.encouragement.queries.boards import board
    from pesue.encouragement.steps import count_goals, count_leagues, count_players

    for step in (count_goals, count_leagues, count_players):
        began, looked = time.process_time(), 0
        while found := step(NOW):
            looked += found
        took = time.process_time() - began
        print(f"{connection.vendor}: {step.__name__} {looked} rows in {took:.1f} s")
    shown = [row.player.works for row in board(today=NOW.date()).first]
    assert shown == [works for works, _member in while_one_waits()], "the same numbers"
    page = median(the_page)
    read = median(lambda: board(today=NOW.date()))
    naive = median(while_one_waits, repeats=3)
    print(f"the whole page {page:.1f} ms, of it the board {read:.2f} ms;")
    print(f"the board counted while one waits {naive:.0f} ms, {naive / read:.0f} times")


def median(work: Callable[[], object], repeats: int = 20) -> float:
    """In milliseconds of the processor; the first run, which warms, is left out."""
    times = []
    for _ in range(repeats + 1):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times[1:])


def the_page() -> None:
    """The whole page, as a member sees it."""
    from importlib import import_module

    from django.test import Client

    from benchmarks.large import NOW
    from pesue.people.models import Member

    global _client
    if _client is None:
        views = import_module("pesue.encouragement.views.goals")
        views.now = lambda: NOW  # type: ignore[attr-defined]
        _client = Client(headers={"host": "localhost"})
        member = Member.objects.order_by("pk")[20]
        _client.force_login(
            member, "allauth.account.auth_backends.AuthenticationBackend"
        )
    answer = _client.get("/encouragement/goals")
    assert answer.status_code == 200
    assert b"<strong>P" in answer.content


_client: Any = None


def while_one_waits() -> list[tuple[int, int]]:
    """The board's first ten (works, member), from the rows themselves."""
    from benchmarks.large import NOW
    from pesue.encouragement.models import Player
    from pesue.encouragement.queries.good import own_works

    month = NOW.date().replace(day=1)
    works: dict[int, int] = {}
    ids = Player.objects.order_by("pk").values_list("member", flat=True).iterator(5000)
    while batch := list(islice(ids, 500)):
        works |= own_works(batch, month, NOW.date())
    best = sorted(works.items(), key=lambda one: (-one[1], one[0]))
    return [(many, member) for member, many in best[:TOP]]


if __name__ == "__main__":
    main()
