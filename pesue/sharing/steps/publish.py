"""What the worker does for shares. Each step may be run again at any time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from time import monotonic

import httpx
from django.db.models import Q

from pesue.foundation.http import client
from pesue.foundation.moves import LostRace
from pesue.sharing.actions import accounts, publish
from pesue.sharing.channels import base
from pesue.sharing.models import Account, Share

State = Share.State
AT_ONCE = 8  # attempts running together; also how many one turn takes
LONGEST = 240.0  # seconds one attempt may take, pictures included
STUCK = timedelta(minutes=10)  # far longer than LONGEST
LOOK_AGAIN = timedelta(days=3)  # how long we look for an uncertain post
RENEW_BEFORE = timedelta(days=3)
Connect = Callable[[], httpx.Client]


def connect() -> httpx.Client:
    """A client for one attempt: nothing is written after LONGEST, however late."""
    return client(seconds=LONGEST, timeout=30)


def send_due(now: datetime, connect: Connect = connect) -> int:
    """Send the shares whose time has come. Returns how many were tried.

    Threads talk to the networks and never to the database; the claims are made
    before they start, and written off here as they end.
    """
    due = (
        Share.objects.filter(
            Q(try_at=None) | Q(try_at__lte=now),
            state=State.SCHEDULED,
            send_at__lte=now,
        )
        .select_related("account", "member", "picture", "item__picture", "link")
        .order_by("send_at", "pk")[:AT_ONCE]
    )
    began = monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {}
        for share in due:
            sending = publish.claim(share, now=now)
            if sending:
                running[pool.submit(_attempt, sending, connect)] = share
        for done in as_completed(running):
            took = timedelta(seconds=monotonic() - began)
            _record(running[done], done.result, now=now + took, connect=connect)
    return len(running)


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
        publish.record(share, attempt, now=now, http=connect)
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
                publish.settle(share, now=now, http=http)
            except LostRace:
                continue
    return len(due)


def renew_tokens(now: datetime, connect: Connect = connect) -> int:
    """Renew the connections that would end soon. Returns how many were due."""
    due = Account.objects.filter(
        state=Account.State.CONNECTED, expires_at__lt=now + RENEW_BEFORE
    ).select_related("member")[:AT_ONCE]
    for account in due:
        with connect() as http:
            try:
                accounts.renew(account, now=now, http=http)
            except base.Disconnected as no:
                accounts.lose(account, no.words, now=now)
            except (base.Refused, base.TryLater):
                continue
    return len(due)
