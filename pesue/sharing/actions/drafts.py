"""The ways out of a draft and back: each action is one press of a button."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.sharing.actions import settling, voices
from pesue.sharing.actions.delaying import delayed_until
from pesue.sharing.actions.likeness import remember
from pesue.sharing.actions.links import (
    NothingToLink,
    close_link,
    make_link,
    target_of,
)
from pesue.sharing.actions.locks import is_unmarked, why_locked
from pesue.sharing.actions.posts import link_of
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.actions.writing import beside
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.composing import way_out
from pesue.sharing.models import Account, Link, Reply, Share, Voice
from pesue.sharing.queries.accounts import connected
from pesue.sharing.queries.composer import link_to_be
from pesue.sharing.queries.shares import draft_of

State = Share.State
FARTHEST = timedelta(days=366)


def account_of(share: Share) -> Account | None:
    """The connected account that the share would go out by."""
    mine = list(connected(share.member, share.channel))
    chosen = [account for account in mine if account.pk == share.account_id]
    return next(iter(chosen or mine), None)


def way_of(share: Share) -> base.Way:
    """The way out that one press would take."""
    link = link_to_be(share.item, share)
    post = base.Post(share.text, link=link, title=share.item.title)
    return way_out(
        CHANNELS[share.channel],
        post,
        connected=account_of(share) is not None,
        server=share.server,
    )


def schedule(share: Share, at: datetime, *, now: datetime) -> None:
    """Let this exact text go out at `at`. Raises NotDone."""
    if at <= now:
        raise NotDone(_("That time is past. Choose a later one, or publish it now."))
    if at > now + FARTHEST:
        raise NotDone(_("Choose a time within a year from now."))
    _send_at(share, at, now=now)


def publish_now(share: Share, *, now: datetime) -> None:
    """Let this exact text go out at once; or, where that is tried, some days later if
    a lot fell so. Raises NotDone."""
    with transaction.atomic():
        _send_at(share, now, now=now)
        later = delayed_until(share, CHANNELS[share.channel], now=now)
        if later is not None:
            Share.objects.filter(pk=share.pk).update(send_at=later, pressed_at=now)
            share.send_at, share.pressed_at = later, now


def _send_at(share: Share, at: datetime, *, now: datetime) -> None:
    channel = CHANNELS[share.channel]
    account = account_of(share)
    if account is None or not isinstance(channel, base.Publisher):
        raise NotDone(
            _("You have no account connected there. Connect one, or post by hand.")
        )
    with transaction.atomic():
        _need_words(share)
        _need_leave(share, at=at)
        _need_link(share, now=now)
        _need_room(share, channel, account)
        share.move(
            State.SCHEDULED,
            now=now,
            account=account,
            way=base.Way.API,
            send_at=at,
            pressed_at=None,
            try_at=None,
            unanswered_since=None,
            why="",
        )
        remember(share, now=now)


def hand_over(share: Share, *, now: datetime) -> None:
    """Give the text to its author to post. Raises NotDone."""
    with transaction.atomic():
        _need_words(share)
        _need_leave(share, at=now)
        _need_link(share, now=now)
        way = way_of(share)
        if way is base.Way.API:
            way = base.Way.COPY
        share.move(State.HANDED, now=now, way=way, why="")
        remember(share, now=now)


def _need_words(share: Share) -> None:
    if not share.text.strip():
        raise NotDone(_("Write a few words first; one sentence is enough."))


def _need_leave(share: Share, *, at: datetime) -> None:
    """What others lock, and what the law wants, is told now: the words wait."""
    why = why_locked(share, now=at)
    if why:
        raise NotDone(why)
    if is_unmarked(share):
        raise NotDone(
            _("This is advertising: put the mark first, or say why it is none.")
        )


def _need_room(share: Share, channel: base.Channel, account: Account) -> None:
    """What the network would refuse is told now, not after it was tried."""
    said = channel.says(base.Post(share.text, link=link_of(share)))
    most = channel.most(account.limits)
    if most is not None and channel.length(said) > most:
        raise NotDone(
            _("It is too long for %(network)s: %(length)s, and %(most)s fit.")
            % {
                "network": channel.name,
                "length": channel.length(said),
                "most": most,
            }
        )


def _need_link(share: Share, *, now: datetime) -> None:
    """The short link, open and made for the channel the share has now."""
    try:
        link = make_link(share, now=now)
        target = target_of(share, link.slug)
    except NothingToLink:
        return
    if link.target != target or link.closed_at:
        Link.objects.filter(pk=link.pk).update(
            target=target, changed_at=now, closed_at=None
        )
    share.link = link


def confirm(share: Share, *, now: datetime, url: str = "") -> None:
    """The author has posted what we handed over, perhaps telling where."""
    settling.only_from(share, State.HANDED)
    share.move(State.SHARED, now=now, shared_at=now, url=url)


def edit(share: Share, *, now: datetime) -> None:
    """Put the share back to a draft: what was scheduled is not that text any more.

    If another draft about the item has been begun, the text is put beside it.
    Raises NotDone while the text may be out.
    """
    if share.state == State.DRAFT:
        return
    if share.unanswered_since and share.state == State.SCHEDULED:
        raise NotDone(
            _("It may be out already; we are looking. Try again in a few minutes.")
        )
    settling.only_from(share, State.SCHEDULED, State.HANDED, State.REFUSED)
    with transaction.atomic():
        begun = draft_of(share.member, share.item)
        if begun is None:
            share.move(State.DRAFT, now=now, send_at=None, pressed_at=None, try_at=None)
            return
        share.move(State.WITHDRAWN, now=now)
        Share.objects.filter(pk=begun.pk).update(
            other_text=beside(begun.other_text, share.text),
            edition=begun.edition + 1,
        )


def try_again(share: Share, *, now: datetime) -> None:
    """Send a refused share once more, as it is. Raises NotDone."""
    settling.only_from(share, State.REFUSED)
    publish_now(share, now=now)


def withdraw(share: Share, *, now: datetime) -> None:
    """Take it back before it is out; its link leads nowhere. Raises NotDone.

    The link of one that may be out stays open, for those who read it.
    """
    may_be_out = share.state == State.UNKNOWN
    settling.withdraw(share, now=now)
    if not may_be_out:
        _close(share, now=now)


def remove(share: Share, *, now: datetime) -> None:
    """Throw a draft away, its words too, and what was said beside it."""
    settling.only_from(share, State.DRAFT)
    share.move(State.WITHDRAWN, now=now, text="", other_text="", alt="")
    Reply.objects.filter(share=share).delete()
    voices.let_go(Voice.objects.filter(share=share))
    _close(share, now=now)


def _close(share: Share, *, now: datetime) -> None:
    link = Link.objects.filter(share=share).first()
    if link:
        close_link(link, now=now)
