"""Sending what is on its way; a dead inbox holds up nobody."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import repeat
from time import monotonic

import httpx

from pesue.doors import signatures
from pesue.doors.models import Delivery, Inbox
from pesue.foundation import http as network
from pesue.foundation.moves import LostRace
from pesue.foundation.secrets import CannotUnseal

log = logging.getLogger(__name__)

TYPE = "application/activity+json"
AT_ONCE = 10  # requests under way
CLAIMED = 50  # deliveries held at a time
PATIENCE = 10  # seconds for one request
TURN = 20.0  # seconds after which a turn claims no more
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
GIVEN_UP = timedelta(days=7)  # an inbox that has failed all this time is dead
STUCK = timedelta(minutes=10)
# It answers, but not to this: another time it would say the same.
REFUSALS = frozenset(range(400, 500)) - {404, 408, 410, 425, 429}
State = Delivery.State


@dataclass(frozen=True)
class Letter:
    """A delivery as a thread needs it: it touches no database."""

    address: str
    body: bytes
    key_id: str
    private_key: str


@dataclass(frozen=True)
class Outcome:
    """What a server said: its status; or 0 and why there was none."""

    status: int
    why: str = ""

    @property
    def arrived(self) -> bool:
        return 200 <= self.status < 300


def deliver(*, now: datetime) -> int:
    """Send what is due, for one turn; returns how many were tried."""
    began, tried = monotonic(), 0
    with ThreadPoolExecutor(AT_ONCE, "delivery") as pool:
        while monotonic() - began < TURN:
            at = now + timedelta(seconds=monotonic() - began)
            held = _claimed(at)
            if not held:
                break
            outcomes = list(pool.map(send, map(_letter, held), repeat(at)))
            _note(held, outcomes, at)
            tried += len(held)
    return tried


def release_stuck(*, now: datetime) -> int:
    """Those whose worker died go out again: who had them already knows their ids."""
    stuck = Delivery.objects.filter(state=State.SENDING, state_since__lt=now - STUCK)
    return stuck.update(state=State.WAITING, state_since=now)


def _claimed(now: datetime) -> list[Delivery]:
    due = Delivery.objects.filter(state=State.WAITING, not_before__lte=now)
    rows = due.select_related("activity__actor", "inbox")
    held = []
    for one in rows.order_by("not_before", "pk")[:CLAIMED]:
        with suppress(LostRace):  # another worker has it
            one.move(State.SENDING, now=now)
            held.append(one)
    over = [one.pk for one in held if one.activity.over]
    Delivery.objects.filter(pk__in=over).delete()
    return [one for one in held if not one.activity.over]


def _letter(one: Delivery) -> Letter | None:
    actor = one.activity.actor
    try:
        key = actor.private_key()
    except CannotUnseal as error:
        log.error("%s cannot sign: %s", actor, error)
        return None
    return Letter(one.inbox.address, one.activity.body.encode(), actor.key_id, key)


def send(letter: Letter | None, now: datetime) -> Outcome:
    """One signed POST; redirects are not followed, and no answer is read."""
    if letter is None:
        return Outcome(0, "no key")
    headers = signatures.signed(
        "post",
        letter.address,
        key_id=letter.key_id,
        private_key=letter.private_key,
        now=now,
        body=letter.body,
    )
    headers["content-type"] = TYPE
    try:
        with (
            network.client(seconds=PATIENCE, timeout=PATIENCE) as http,
            http.stream(
                "POST", letter.address, content=letter.body, headers=headers
            ) as answer,
        ):
            return Outcome(answer.status_code)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Outcome(0, type(error).__name__)


def _note(held: Sequence[Delivery], outcomes: Sequence[Outcome], now: datetime) -> None:
    well, done, gone = [], [], []
    for one, outcome in zip(held, outcomes, strict=True):
        if outcome.arrived or outcome.status in REFUSALS:
            done.append(one.pk)
            well.append(one.inbox_id)
        elif outcome.status == HTTPStatus.GONE:
            gone.append(one.inbox_id)
        else:
            _later(one, now)
        if not outcome.arrived:
            log.info("%s: %s", one.inbox, outcome)
    Delivery.objects.filter(pk__in=done).delete()
    failing = Inbox.objects.filter(failing_since__isnull=False)
    failing.filter(pk__in=well).update(failing_since=None)
    Inbox.objects.filter(pk__in=gone).delete()


def _later(one: Delivery, now: datetime) -> None:
    """Wait, longer each time; all else for this inbox waits with it."""
    Inbox.objects.filter(pk=one.inbox_id, failing_since=None).update(failing_since=now)
    wait = min(FIRST_WAIT * 2 ** min(one.tries, 20), LONGEST_WAIT)
    with suppress(LostRace):  # released as stuck meanwhile
        one.move(State.WAITING, now=now, not_before=now + wait, tries=one.tries + 1)
    others = Delivery.objects.filter(inbox=one.inbox_id, state=State.WAITING)
    others.filter(not_before__lt=now + wait).update(not_before=now + wait)


def bury_dead(*, now: datetime) -> int:
    """Inboxes that failed for a week, with their followers and what waits for them."""
    dead = Inbox.objects.filter(failing_since__lt=now - GIVEN_UP)
    return dead.delete()[0]
