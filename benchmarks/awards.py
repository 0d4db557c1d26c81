"""How long the ballots of a large house take to be counted, beside opening them alone.

    python -m benchmarks.awards [VOTERS]

A vote of VOTERS people between four nominees, all of whom vote. Voting itself is
timed on a few; the other ballots are sealed alike and stored at once. Prints Markdown
for docs/performance.md. DATABASE_URL's PostgreSQL if there is one, else a SQLite file.
"""

import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.place import an_empty_place

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TIMED = 200  # ballots that are cast by the real action


def measure(voters: int, folder: Path) -> None:
    from django.conf import settings

    from pesue.encouragement import steps
    from pesue.encouragement.actions import ballots
    from pesue.encouragement.models import AwardRound, Voter
    from pesue.people.models import Member
    from pesue.surveys import keys
    from pesue.surveys.sealing import seal, unseal

    settings.DATA = folder
    found, category, nominees = a_vote(voters)
    opened_in, _rows = timed(lambda: steps.open_votes(NOW))
    found.refresh_from_db()
    people = list(Member.objects.order_by("pk"))
    took = []
    for member in people[:TIMED]:
        chosen = {category: secrets.choice(nominees)}
        took.append(timed(lambda m=member, c=chosen: cast(ballots, found, m, c))[0])
    size = ballots._room(found)
    rows = list(Voter.objects.filter(round=found, box=""))
    for row in rows:
        said = {str(category): str(secrets.choice(nominees))}
        said[ballots.CODE] = ballots.new_code()
        row.box = seal(found.key, found.pk, said, size=size)
    Voter.objects.bulk_update(rows, ["box"], batch_size=500)
    secret = keys.secret_of(folder / "ballots", found.pk, found.key)
    boxes = list(Voter.objects.filter(round=found).values_list("box", flat=True))
    alone, _said = timed(lambda: [unseal(secret, found.pk, box) for box in boxes])
    counted, _rows = timed(lambda: steps.count_votes(NOW + timedelta(days=30)))
    found = AwardRound.objects.get(pk=found.pk)
    assert found.voted == len(found.codes) == voters
    print("| | voters | s |\n|---|---:|---:|")
    print(f"| the roll and its key | {voters:,} | {opened_in:.1f} |")
    print(f"| opening the boxes alone | {voters:,} | {alone:.1f} |")
    print(
        f"| counting: read, open, add up, keep, destroy | {voters:,} | {counted:.1f} |"
    )
    print(f"\ncounting / opening alone: {counted / alone:.2f}")
    print(f"casting one ballot: {1000 * median(took):.1f} ms (median of {TIMED})")


def cast(ballots: object, found: object, member: object, chosen: object) -> None:
    ballots.vote(found, member, chosen, now=NOW)  # type: ignore[attr-defined]


def timed(do: object) -> tuple[float, object]:
    began = time.perf_counter()
    came = do()  # type: ignore[operator]
    return time.perf_counter() - began, came


def a_vote(voters: int) -> tuple[object, int, list[int]]:
    """A round whose vote has just begun, its category and nominees."""
    from pesue.encouragement.models import (
        Award,
        AwardCategory,
        AwardNominee,
        AwardRound,
    )
    from pesue.people.models import Member

    at = {"state_since": NOW}
    Member.objects.bulk_create(
        [
            Member(name=f"Member {n}", email=f"m{n}@example.org", state="active", **at)
            for n in range(voters)
        ],
        batch_size=1000,
    )
    award = Award.objects.create(name="A", purpose="B", way="vote", made_at=NOW)
    category = AwardCategory.objects.create(award=award, name="A")
    day = NOW.date()
    found = AwardRound.objects.create(
        award=award,
        begins=day,
        nominate_until=day,
        judge_until=day,
        vote_until=day,
        publish_on=day + timedelta(days=2),
        state="voting",
        **at,
    )
    nominees = [
        AwardNominee.objects.create(
            round=found, category=category, member=member, state="standing", **at
        ).pk
        for member in Member.objects.order_by("pk")[:4]
    ]
    return found, category.pk, nominees


def main() -> None:
    voters = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with an_empty_place(), TemporaryDirectory() as folder:
        measure(voters, Path(folder))


if __name__ == "__main__":
    main()
