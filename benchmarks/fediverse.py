"""What the fediverse costs: looking for what is new, and telling 10,000 inboxes.

    python -m benchmarks.fediverse [MEMBERS] [INBOXES]

On SQLite in a temporary folder, or with DATABASE_URL on that (empty) PostgreSQL. Of the
members 2 % have a page of their own and can be followed, and each of these wrote ten
stories. Telling is timed beside the same signed requests by as many threads with no
queue, to the same server on this machine. Processor time is ours and the database's,
not the receiver's.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.place import an_empty_place, processor

SINK = """
import asyncio
async def taken(reader, writer):
    head = await reader.readuntil(b"\\r\\n\\r\\n")
    size = head.lower().partition(b"content-length:")[2].partition(b"\\r")[0]
    await reader.readexactly(int(size))
    writer.write(b"HTTP/1.1 202 Accepted\\r\\nContent-Length: 0\\r\\n"
                 b"Connection: close\\r\\n\\r\\n")
    await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(taken, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@contextmanager
def a_server() -> Iterator[str]:
    """Somebody who takes everything; its address."""
    sink = subprocess.Popen(
        [sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True
    )
    assert sink.stdout
    try:
        yield f"http://127.0.0.1:{int(sink.stdout.readline())}"
    finally:
        sink.kill()


def timed(name: str, act: Callable[[], object], per: int = 0) -> float:
    """Prints what it took; returns seconds of processor."""
    began, used = time.monotonic(), processor()
    done = act()
    used, took = processor() - used, time.monotonic() - began
    each = f"{1000 * used / per:10.2f}" if per else f"{'':>10}"
    print(f"{name:44} {used:10.2f} {took:10.2f} {each}   {done}", flush=True)
    return used


def followed(server: str, inboxes: int) -> None:
    """The house and everybody with a page are open; the house has followers."""
    from benchmarks.large import analyse, bulk
    from benchmarks.public import NOW
    from pesue.doors import signatures
    from pesue.doors.actions import actors
    from pesue.doors.models import Actor, Follower, Inbox
    from pesue.example.models import OwnPage

    before = NOW  # what was there is pushed to nobody
    house = actors.open_house("stories", now=before)
    private, public = signatures.new_keys()  # one for all: making 2,000 is not timed
    open_ = {"state": "open", "state_since": before, "made_at": before}
    pages = OwnPage.objects.all()
    pages.update(followed=True)
    bulk(
        (
            Actor(member_id=one.member_id, name=one.slug, public_key=public, **open_)
            for one in pages
        ),
        Actor,
    )
    for actor in Actor.objects.filter(sealed=""):
        Actor.objects.filter(pk=actor.pk).update(sealed=actor.seal(private))
    bulk((Inbox(address=f"{server}/{n}/inbox") for n in range(inboxes)), Inbox)
    bulk(
        (
            Follower(actor=house, inbox=one, uri=one.address, since=before)
            for one in Inbox.objects.all()
        ),
        Follower,
    )
    analyse()


def look() -> None:
    from benchmarks.public import NOW
    from pesue.doors.actions.posts import MOST
    from pesue.doors.models import Delivery
    from pesue.doors.steps import deliver, keep_actors, tell_followers

    timed("first look at the actors", lambda: keep_actors(NOW))
    told = tell_followers(NOW)
    Delivery.objects.all().delete()
    timed(f"telling the next {MOST} stories of a backlog", lambda: tell_followers(NOW))
    while told:
        Delivery.objects.all().delete()
        told = tell_followers(NOW)
    Delivery.objects.all().delete()
    timed("a turn with nothing new: actors", lambda: keep_actors(NOW))
    timed("a turn with nothing new: stories", lambda: tell_followers(NOW))
    timed("a turn with nothing new: deliveries", lambda: deliver(NOW))


def a_story() -> None:
    """One more, on the web just now."""
    from django.utils.timezone import now

    from pesue.content.models import Story
    from pesue.example.models import OwnPage

    at, author = now(), OwnPage.objects.all()[0]
    Story.objects.create(
        author=author.member,
        title="Uusi",
        text="Ruis. " * 100,
        slug="uusi",
        language="fi",
        public=True,
        was_public=True,
        state="accepted",
        state_since=at,
        made_at=at,
        accepted_at=at,
    )


def tell(inboxes: int) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from itertools import repeat

    from django.utils.timezone import now

    from pesue.doors.actions import delivering
    from pesue.doors.models import Delivery
    from pesue.doors.steps import deliver, tell_followers

    a_story()
    at = now()
    timed("a story told: into the queue", lambda: tell_followers(at), inboxes)
    one = Delivery.objects.select_related("activity__actor", "inbox")[0]
    letter = delivering._letter(one)

    def bare() -> int:
        with ThreadPoolExecutor(delivering.AT_ONCE) as pool:
            sent = pool.map(delivering.send, repeat(letter, inboxes), repeat(at))
            return sum(outcome.arrived for outcome in sent)

    def queued() -> int:
        return sum(iter(lambda: deliver(at), 0))

    plain = timed("sent without a queue", bare, inboxes)
    kept = timed("sent from the queue", queued, inboxes)
    print(f"{'the queue beside none':44} x {kept / plain:8.2f}")


def main(members: int, inboxes: int) -> None:
    from django.conf import settings

    from benchmarks.public import fill

    settings.ALLOW_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with a_server() as server:
        fill(members)
        followed(server, inboxes)
        print(f"{'':44} {'processor s':>10} {'clock s':>9} {'ms each':>10}")
        look()
        tell(inboxes)


if __name__ == "__main__":
    size = [int(word) for word in sys.argv[1:]]
    with an_empty_place():
        main(*(size + [100_000, 10_000][len(size) :]))
