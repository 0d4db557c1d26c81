"""The release of what moves whom, in a large house, and its parts.

    python -m benchmarks.motives            100,000 members, 40,000 with a profile
    python -m benchmarks.motives --small    a tenth of that

Beside the reading of profiles stands the same with a query for each member, of a
hundredth of them; beside the counting by teams one that looks through all rows for
each team. Each pair in turn, in one run, and with the same result.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.place import an_empty_place

REPEATS = 3
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        fill(100_000 // size, 2_000 // size)
        measure()


def fill(people: int, teams: int) -> None:
    from pesue.encouragement.actions import motives
    from pesue.encouragement.models import Profile
    from pesue.foundation.secrets import handles
    from pesue.people.models import Member, Team

    chance = random.Random(1)
    tops = [Team.objects.create(name=f"Unit {n}") for n in range(20)]
    made = [Team(name=f"Team {n}", parent=tops[n % 20]) for n in range(teams)]
    Team.objects.bulk_create(made)
    for team in made:
        team.path = f"{tops[made.index(team) % 20].path}{team.pk}/"
    Team.objects.bulk_update(made, ["path"], batch_size=500)
    state = {"state": Member.State.ACTIVE, "state_since": NOW, "language": "fi"}
    Member.objects.bulk_create(
        (
            Member(name=f"M {n}", email=f"m{n}@x.fi", team=made[n % teams], **state)
            for n in range(people)
        ),
        batch_size=2000,
    )
    rows = []
    for pk in Member.objects.values_list("pk", flat=True):
        if chance.random() < 0.4:
            row = Profile(handle=handles(f"profile:{pk}")[0])
            row.sealed = motives._sealed(row, saying(chance))
            rows.append(row)
    Profile.objects.bulk_create(rows, batch_size=2000)


def saying(chance: random.Random) -> dict[str, str]:
    from pesue.encouragement.motives import ITEMS

    return {key: str(chance.randint(1, 7)) for keys in ITEMS.values() for key in keys}


def measure() -> None:
    from django.db import connection

    from pesue.encouragement.actions.releasing import release
    from pesue.encouragement.models import MotiveShare, Profile
    from pesue.encouragement.motives import scores
    from pesue.encouragement.queries.motives import all_said
    from pesue.people.models import Member, Team
    from pesue.surveys.counting import Place, shown_teams

    teams = dict(Member.objects.values_list("pk", "team"))
    some = list(teams)[:: max(1, len(teams) // 1000)]
    places = [Place(t.pk, t.parent_id, t.path) for t in Team.objects.order_by("path")]
    said = dict(all_said(teams))
    rows: Any = [(teams[pk], {0: scores(one).strongest}) for pk, one in said.items()]  # type: ignore[union-attr]
    print(f"{connection.vendor}: {len(teams):,} members, {Profile.objects.count():,}")
    both(
        "reading profiles, of 1,000 members",
        lambda: dict(all_said(some)),
        lambda: dict(one for pk in some for one in all_said([pk])),
    )
    both(
        "which teams, and who in them",
        lambda: shown_teams(rows, places, 10),
        lambda: one_by_one(rows, places),
    )
    took = seconds(lambda: list(all_said(teams)))
    print(f"{'reading and opening all profiles':40} {took:8.2f} s")
    first = seconds(lambda: release(on=date(2026, 3, 1)))
    again = seconds(lambda: release(on=date(2026, 4, 1)))
    print(f"{'the first release, whole':40} {first:8.2f} s")
    print(f"{'the next one':40} {again:8.2f} s")
    print(f"{MotiveShare.objects.count()} communities told")


def one_by_one(rows: Any, places: Any) -> Any:
    """All rows for each team."""
    from collections import Counter

    from pesue.stats.protection import may_be_shown
    from pesue.surveys.counting import tree_of

    keys = may_be_shown(tree_of(places, Counter(team for team, _row in rows)), 10)
    inside = {
        place.id: {one.id for one in places if one.path.startswith(place.path)}
        for place in places
        if place.id in keys
    }
    return {
        team: [row for row in rows if row[0] in members]
        for team, members in inside.items()
    }


def both(what: str, ours: Callable[[], Any], other: Callable[[], Any]) -> None:
    assert same(ours(), other())
    took: dict[str, list[float]] = {"ours": [], "other": []}
    for _ in range(REPEATS):
        took["ours"].append(seconds(ours))
        took["other"].append(seconds(other))
    a, b = (statistics.median(took[name]) for name in ("ours", "other"))
    print(f"{what:40} {a:8.3f} s, else {b:8.3f} s: {b / a:.1f} times")


def same(one: Any, other: Any) -> bool:
    def plain(found: Any) -> Any:
        return {key: _sorted(value) for key, value in found.items()}

    return bool(plain(one) == plain(other))


def _sorted(value: Iterable[Any]) -> Any:
    return value if isinstance(value, dict) else sorted(value, key=str)


def seconds(does: Callable[[], Any]) -> float:
    began = time.perf_counter()
    does()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
