"""Sending a share, once. Each action is one move, or one claim and what came of it.

No request to a network runs inside a database transaction: the claim is committed
first, so whoever dies in between leaves a row that says "it may be out".
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.secrets import CannotUnseal
from pesue.sharing.actions import accounts
from pesue.sharing.actions.locks import why_locked
from pesue.sharing.actions.posts import post_of
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.models import Share

log = logging.getLogger(__name__)
State = Share.State
SOON = timedelta(minutes=1)
TOO_LATE = timedelta(hours=24)  # after the chosen time a post is not what was asked


class Unsettled(Exception):
    """An earlier attempt may stand, and we may neither see it nor repeat it."""

    def __init__(self, words: base.Words = "") -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Sending:
    """All that an attempt needs, so that it runs without the database."""

    channel: base.Publisher
    post: base.Post
    account: base.Account
    silent_since: datetime | None  # an earlier attempt may have made the post
    at: datetime

    def attempt(self, http: httpx.Client) -> base.Sent:
        """Look for what an earlier attempt left; if nothing did, publish.

        Raises Unsettled, or what the channel raises.
        """
        if self.silent_since is not None:
            found = self._find(http)
            if found:
                return found
            silence = self.at - self.silent_since
            safe = self.channel.repeats_safely(self.account)
            if not self.channel.sure and silence >= safe:
                raise Unsettled
        return self.channel.publish(self.post, self.account, http)

    def _find(self, http: httpx.Client) -> base.Sent | None:
        try:
            return self.channel.find(self.post, self.account, http)
        except base.Disconnected:
            raise
        except base.Refused as no:
            raise Unsettled(no.words) from no


def claim(share: Share, *, now: datetime) -> Sending | None:
    """Take a due share to send it; None if it is not ours to send."""
    try:
        share.move(State.SENDING, now=now)
    except (LostRace, ForbiddenMove):
        return None  # another worker has it, or the member took it back
    if _too_late(share, now):
        _let_pass(share, now=now)
        return None
    with override(share.member.language):
        locked = why_locked(share, now=now)
    if locked:  # since it was scheduled
        _refuse(share, locked, now=now)
        return None
    try:
        return sending_of(share, now=now)
    except base.Refused as no:
        _refuse(share, no.words, now=now)
    return None


def sending_of(share: Share, *, now: datetime) -> Sending:
    """Raises Refused, or Disconnected, when the share cannot be sent as it is."""
    channel = CHANNELS.get(share.channel)
    if not isinstance(channel, base.Publisher):
        raise base.Refused(_("We cannot post there for you. Post it yourself."))
    account = share.account
    if account is None or account.state != account.State.CONNECTED:
        raise base.Disconnected(
            format_lazy(
                _("Your {network} account is not connected. Connect it, then share."),
                network=channel.name,
            )
        )
    try:
        opened = account.opened()
    except CannotUnseal:
        raise base.Disconnected(_("We lost the key to your account.")) from None
    return Sending(channel, post_of(share), opened, share.unanswered_since, now)


def record(
    share: Share,
    attempt: Callable[[], base.Sent],
    *,
    now: datetime,
    http: httpx.Client,
) -> None:
    """Write down how an attempt at a claimed share ended.

    `http` is for renewing the account's tokens, should they have ended.
    """
    try:
        sent = attempt()
    except base.Disconnected as no:
        _without_account(share, no, now=now, http=http)
    except base.Refused as no:
        sure = CHANNELS[share.channel].sure  # it has just looked, and nothing stands
        _refuse(share, no.words, doubtful=not sure, now=now)
    except base.TryLater as later:
        _put_off(share, later.wait, now=now)
    except Unsettled as no:
        _ask_member(share, no.words, now=now)
    except base.Unanswered:
        again(share, since=share.state_since, now=now)
    except Exception:
        # A channel may raise only the above; one that breaks leaves us in doubt.
        log.exception("%s broke on share %s", share.channel, share.pk)
        again(share, since=share.state_since, now=now)
    else:
        stands(share, sent, now=now)


def publish(share: Share, *, now: datetime, http: httpx.Client) -> None:
    """Send a share whose time has come, and record how it ended."""
    sending = claim(share, now=now)
    if sending:
        record(share, lambda: sending.attempt(http), now=now, http=http)


def again(share: Share, *, since: datetime, now: datetime) -> None:
    """Put back a share whose sending, begun at `since`, had no known end.

    The first look is soon; after each further silence we wait longer.
    """
    wait = SOON
    if share.unanswered_since:
        since = share.unanswered_since
        wait = max(SOON, (now - since) / 2)
    if _too_late(share, now + wait):
        _ask_member(share, "", now=now, unanswered_since=since)
    else:
        share.move(State.SCHEDULED, now=now, try_at=now + wait, unanswered_since=since)


def stands(share: Share, sent: base.Sent, *, now: datetime) -> None:
    """The post is out: note where."""
    share.move(
        State.SHARED,
        now=now,
        shared_at=share.unanswered_since or now,
        url=sent.url[:500],
        ref=sent.ref[:300],
        try_at=None,
        why="",
    )


def _refuse(
    share: Share, words: base.Words, *, now: datetime, doubtful: bool = True
) -> None:
    """`doubtful`: after a silence, a refusal says nothing about the first attempt."""
    if share.unanswered_since and doubtful:
        _ask_member(share, words, now=now)
    else:
        share.move(State.REFUSED, now=now, why=_told(share, words), try_at=None)


def _ask_member(
    share: Share, words: base.Words, *, now: datetime, **also: datetime
) -> None:
    why = _told(share, words)
    share.move(State.UNKNOWN, now=now, why=why, try_at=now + SOON, **also)


def _put_off(share: Share, wait: timedelta, *, now: datetime) -> None:
    """The network took nothing this time: later, if that is still what was asked."""
    if _too_late(share, now + wait):
        words = _("For a day the network took no post. Nothing is out: choose a time.")
        _refuse(share, words, now=now)
    else:
        share.move(State.SCHEDULED, now=now, try_at=now + wait)


def _let_pass(share: Share, *, now: datetime) -> None:
    """Nobody was there to send it in its time; now it is not what was asked."""
    if share.unanswered_since:
        _ask_member(share, "", now=now)
    else:
        words = _("Its time went by before we could send it. Nothing is out.")
        _refuse(share, words, now=now)


def _too_late(share: Share, at: datetime) -> bool:
    return share.send_at is not None and at > share.send_at + TOO_LATE


def _without_account(
    share: Share,
    no: base.Disconnected,
    *,
    now: datetime,
    http: httpx.Client,
) -> None:
    """Renew the account's tokens once and try again; else the member must connect."""
    account = share.account
    if account is not None:
        try:
            if accounts.renew(account, now=now, http=http):
                share.move(State.SCHEDULED, now=now, try_at=now)
                return
        except base.TryLater as later:
            return _put_off(share, later.wait, now=now)
        except base.Disconnected as why:
            no = why
        accounts.lose(account, no.words, now=now)
    _refuse(share, no.words, now=now)


def _told(share: Share, words: base.Words) -> str:
    """The words in the member's language, as the row can hold them."""
    with override(share.member.language):
        return str(words)[:300]
