"""Ten thousand followers, and a worker that is killed again and again."""

import os
import signal
from contextlib import suppress
from random import Random
from time import monotonic, sleep

import pytest

from pesue.doors.actions.delivering import CLAIMED
from tests.peers.fedify import Fedify
from tests.peers.live import LivePesue
from tests.peers.test_whole import until

FOLLOWERS, KILLS = 10_000, 8
FILL = """
from datetime import UTC, datetime, timedelta
from pesue.content.actions.stories import accept_story
from pesue.content.models import Story
from pesue.doors.actions import actors
from pesue.doors.models import Follower, Inbox
from pesue.people.models import Member, Organisation
now = datetime.now(UTC)
Organisation.objects.create(pk=1, name="Suuri Oy")
here = dict(state="active", state_since=now, joined_at=now, language="fi")
ana = Member.objects.create(email="ana@example.org", name="Ana", **here)
house = actors.open_house("stories", now=now - timedelta(hours=1))
many = range({count})
boxes = [Inbox(address=f"{url}/users/many-{{n}}/inbox") for n in many]
Inbox.objects.bulk_create(boxes, batch_size=1000)
Follower.objects.bulk_create([
    Follower(actor=house, uri=f"{url}/users/many-{{n}}", inbox=box, since=now)
    for n, box in enumerate(boxes)
], batch_size=1000)
story = Story.objects.create(author=ana, title="At four", text="Rye.", public=True,
    state="sent", state_since=now, made_at=now)
accept_story(story, by=ana, now=now)
"""
AGE = """
from datetime import UTC, datetime, timedelta
from pesue.doors.models import Delivery
long_ago = datetime.now(UTC) - timedelta(minutes=11)
Delivery.objects.filter(state="sending").update(state_since=long_ago)
"""


@pytest.mark.long
def test_ten_thousand_get_it_however_often_the_worker_dies(
    live_pesue: LivePesue, fediverse: Fedify
) -> None:
    chance = Random(7)
    live_pesue.python(FILL.format(count=FOLLOWERS, url=fediverse.url))
    began, killed = monotonic(), 0
    while (counted := arrived(fediverse)) < FOLLOWERS:
        assert monotonic() - began < 900, f"{counted} of {FOLLOWERS}"
        worker = live_pesue.parts().get("worker")  # none while it is started again
        if counted and killed < KILLS and worker:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            killed += 1
            live_pesue.python(AGE)  # what it held is not waited for
        sleep(chance.uniform(1, 3))
    until(lambda: waiting(live_pesue) == 0, 60)
    told = fediverse.ask("counted", type="Create")
    assert killed > KILLS / 2
    assert told["inboxes"] == FOLLOWERS
    # By one id, so taken once: what the dead one held, and at most what the next did.
    assert told["twice"] <= 2 * killed * CLAIMED
    seconds = monotonic() - began
    print(f"{FOLLOWERS} inboxes in {seconds:.0f} s, {told['twice']} of them twice")


def arrived(fediverse: Fedify) -> int:
    inboxes: int = fediverse.ask("counted", type="Create")["inboxes"]
    return inboxes


def waiting(pesue: LivePesue) -> int:
    ask = "from pesue.doors.models import Delivery; print(Delivery.objects.count())"
    return int(pesue.python(ask))
