"""What the worker does for shares. Each step may be run again at any time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from time import monotonic

import httpx
from django.db.models import F, Q

from pesue.foundation.http import client
from pesue.foundation.moves import LostRace
from pesue.sharing.actions import accounts, publish, settling
from pesue.sharing.channels import base
from pesue.sharing.models import Account, Share

State = Share.State
AT_ONCE = 8  # attempts running together
PATIENCE = 5.0  # seconds we wait for what we have begun, before other work goes on
LONGEST = 240.0  # seconds one attempt may take, pictures included
STUCK = timedelta(minutes=10)  # far longer than LONGEST
LOOK_AGAIN = timedelta(days=3)  # how long we look for an uncertain post
RENEW_BEFORE = timedelta(days=3)
Connect = Callable[[], httpx.Client]


def connect() -> httpx.Client:
    """A client for one attempt: nothing is written after LONGEST, however late."""
    return client(seconds=LONGEST, timeout=30)


_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="send")
_under_way: dict[Future[base.Sent], Share] = {}


def send_due(now: datetime, connect: Connect = connect) -> int:
    """Send the shares whose time has come. Returns how many were begun.

    Threads talk to the networks and never to the database: the claims are made
    before they start, and written off here as they end. A network that is slow
    holds up nothing else: what has not ended soon is written off in a later turn.
    """
    free = AT_ONCE - len(_under_way)
    due = Share.objects.filter(
        Q(try_at=None) | Q(try_at__lte=now),
        state=State.SCHEDULED,
        send_at__lte=now,
    ).select_related("account", "member", "picture", "item__picture", "link")
    began, begun = monotonic(), []
    for share in due.order_by("send_at", "pk")[:free]:
        sending = publish.claim(share, now=now)
        if sending:
            begun.append(_pool.submit(_attempt, sending, connect))
            _under_way[begun[-1]] = share
    wait(begun, timeout=PATIENCE)
    now += timedelta(seconds=monotonic() - began)
    for done in [attempt for attempt in _under_way if attempt.done()]:
        _record(_under_way.pop(done), done.result, now=now, connect=connect)
    return len(begun)


def _attempt(sending: publish.Sending, connect: Connect) -> base.Sent:
    with connect() as http:
        return sending.attempt(http)


def _record(
    share: Share,
    attempt: Callable[[], base.Sent],
    *,
    now: datetime,
    connect: Connect,
) -> None:
    try:
        with connect() as http:
            publish.record(share, attempt, now=now, http=http)
    except LostRace:
        return  # released as stuck meanwhile: its next attempt looks first


def release_stuck(now: datetime) -> int:
    """Put back shares whose worker died while sending. Returns how many."""
    stuck = Share.objects.filter(
        state=State.SENDING, state_since__lt=now - STUCK
    ).select_related("member")
    for share in stuck:
        try:
            publish.again(share, since=share.state_since, now=now)
        except LostRace:
            continue
    return len(stuck)


def settle_unknown(now: datetime, connect: Connect = connect) -> int:
    """Look whether uncertain posts stand, less and less often. Returns how many."""
    due = Share.objects.filter(state=State.UNKNOWN, try_at__lte=now).select_related(
        "account", "member", "picture", "item__picture", "link"
    )[:AT_ONCE]
    for share in due:
        age = now - share.state_since
        later = now + max(publish.SOON, age / 2) if age < LOOK_AGAIN else None
        Share.objects.filter(pk=share.pk, state=State.UNKNOWN).update(try_at=later)
        with connect() as http:
            try:
                settling.settle(share, now=now, http=http)
            except LostRace:
                continue
    return len(due)


def renew_tokens(now: datetime, connect: Connect = connect) -> int:
    """Renew the connections that would end soon. Returns how many were due.

    Those of a server that is down come last, so that they hold up no others.
    """
    due = Account.objects.filter(
        accounts.free(now),
        state=Account.State.CONNECTED,
        expires_at__lt=now + RENEW_BEFORE,
    ).select_related("member")
    began, begun = monotonic(), now
    untried_first = F("renewing_since").asc(nulls_first=True)
    some = list(due.order_by(untried_first, "expires_at")[:AT_ONCE])
    for account in some:
        # Each by its own clock: another worker must see how fresh our claim is.
        now = begun + timedelta(seconds=monotonic() - began)
        with connect() as http:
            try:
                accounts.renew(account, now=now, http=http)
            except base.Disconnected as no:
                accounts.lose(account, no.words, now=now)
            except (base.Refused, base.TryLater):
                continue
    return len(some)
