"""The step of the week for everybody at once, beside one member after another.

    python -m benchmarks.steps            100,000 members, 200,000 posts
    python -m benchmarks.steps --small    a tenth of that

Both in turn, in one run, on the same rows, and by the same rule: what differs is that
one asks for each person what the other asks for two thousand. The loop is timed on
some members and reckoned up to all. With DATABASE_URL set, on that PostgreSQL (an
empty database), else on SQLite in a temporary folder.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from benchmarks.place import an_empty_place

SOME = 100  # members of the loop
WEEKS = 8  # of which every member has had steps and done something
DAY = timedelta(days=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        from benchmarks import large

        began = time.monotonic()
        large.fill(100_000 // size, 200_000 // size, 5_000 // size)
        live(100_000 // size)
        print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
        measure()


def live(members: int) -> None:
    """Parts, topics followed, thanks, replies, examples, and steps of earlier weeks."""
    from benchmarks import large
    from pesue.encouragement.models import Offer
    from pesue.guidance.models import Topic
    from pesue.people.models import Member
    from pesue.sharing.models import Share

    chance = random.Random(2)
    first, share = large.first(Member), large.first(Share)
    parts = Member.Part.values
    for n, part in enumerate(parts):
        Member.objects.filter(pk__in=range(first + n, first + members, 5)).update(
            part=part
        )
    topics = list(Topic.objects.values_list("pk", flat=True))
    through = Topic.followers.through
    large.bulk(
        (
            through(member_id=first + n, topic_id=topic)
            for n in range(members)
            for topic in chance.sample(topics, 2)
        ),
        through,
    )
    shown = Share.objects.filter(pk__lt=share + 300).values_list("pk", "member")
    _examples(first, members, list(shown), chance)
    large.bulk(_offers(first, members, chance), Offer)
    large.analyse()


def _examples(
    first: int, members: int, shown: list[tuple[int, int]], chance: random.Random
) -> None:
    """Posts that colleagues may see, and a thank-you of each member for one."""
    from benchmarks import large
    from pesue.encouragement.models import Thanks
    from pesue.example.models import Showcase

    shared = [
        Showcase(share_id=pk, author_id=by, state="agreed", state_since=large.NOW)
        for pk, by in shown
    ]
    Showcase.objects.bulk_create(shared)
    large.bulk(
        (
            Thanks(
                giver_id=first + n,
                share_id=pk,
                receiver_id=by,
                at=large.NOW - chance.randrange(60) * DAY,
            )
            for n in range(members)
            for pk, by in [chance.choice(shown)]
            if by != first + n  # nobody thanks oneself
        ),
        Thanks,
    )


def _offers(first: int, members: int, chance: random.Random) -> Iterator[Any]:
    from benchmarks import large
    from pesue.encouragement.models import Offer

    answers = ["none", "none", "done", "not_this", "nothing"]
    monday = (large.NOW - large.NOW.weekday() * DAY).date()
    for n in range(members):
        for week in range(1, WEEKS + 1):
            answered = chance.choice(answers)
            yield Offer(
                member_id=first + n,
                week=monday - 7 * week * DAY,
                rung=chance.randrange(5),
                why="first",
                answered=answered,
                answered_at=None if answered == "none" else large.NOW - 7 * week * DAY,
                at=large.NOW,
                looked_at=large.NOW,
            )


def measure() -> None:
    from django.db import connection

    from benchmarks import large
    from pesue.encouragement.actions.offers import offer_to_one
    from pesue.encouragement.models import Offer
    from pesue.encouragement.queries.offers import week_of
    from pesue.example.queries import posts
    from pesue.pages.steps import offer_steps
    from pesue.people.models import Member

    week = week_of(large.NOW)
    people = Member.objects.filter(state="active").select_related("team")
    everybody = people.count()

    def one_by_one() -> None:
        for member in islice(people.order_by("-pk").iterator(), SOME):
            offer_to_one(member, posts(today=large.NOW.date()), now=large.NOW)

    loop, _none = seconds(one_by_one, everybody / SOME)
    one = Offer.objects.filter(week=week)
    alone = dict(one.values_list("member", "rung"))
    one.delete()

    bulk, made = seconds(lambda: offer_steps(large.NOW))
    many = dict(Offer.objects.filter(week=week).values_list("member", "rung"))
    same = sum(many.get(pk, rung) == rung for pk, rung in alone.items())
    print(f"| {connection.vendor} | members | s | processor, s | processor, ms each |")
    print("|---|---:|---:|---:|---:|")
    rows = [("all at once", bulk), (f"one by one, {SOME} timed", loop)]
    for name, (passed, worked) in rows:
        each = worked / everybody * 1e3
        print(f"| {name} | {everybody} | {passed:.0f} | {worked:.0f} | {each:.2f} |")
    print(f"{made} steps; {loop[1] / bulk[1]:.0f} times by processor, ", end="")
    print(f"{loop[0] / bulk[0]:.0f} by the clock; the same rung for ", end="")
    print(f"{same} of {len(alone)}")


def seconds(
    work: Callable[[], Any], times: float = 1
) -> tuple[tuple[float, float], Any]:
    """How long it took, `times` over, and what it gave."""
    clock, worked = time.perf_counter(), time.process_time()
    answer = work()
    taken = time.perf_counter() - clock, time.process_time() - worked
    return (taken[0] * times, taken[1] * times), answer


if __name__ == "__main__":
    main()
