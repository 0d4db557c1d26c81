"""Publishing a leader's words into a channel inside: by their own press, once.

Neither Slack nor Teams can be asked afterwards what stands there. So where the answer
is missing we do not guess, and send nothing again: the leader looks, and says.
"""

from datetime import datetime

import httpx
from django.db import transaction
from django.utils.translation import gettext as _

from pesue.example import wording
from pesue.example.models import Inside, InsideChannel, InsidePost
from pesue.foundation.moves import LostRace
from pesue.foundation.secrets import CannotUnseal, seal_anew
from pesue.sharing.channels import base, wire

State = InsidePost.State
GONE = {404, 410}  # the address was taken back there
MAYBE = {408, 409, 425}  # an earlier one, or a part of one, may have arrived
MOST_WHY = 200  # characters


class NotDone(Exception):
    """The message says why, and what to do instead."""


def keep_channel(kind: str, name: str, address: str) -> InsideChannel:
    with transaction.atomic():
        made = InsideChannel.objects.create(kind=kind, name=name)
        made.sealed = made.seal(address)
        made.save(update_fields=["sealed"])
    return made


def forget_channel(channel: InsideChannel) -> None:
    channel.delete()


def publish(
    told: Inside, channel: InsideChannel, *, now: datetime, http: httpx.Client
) -> InsidePost:
    """Send the words there, unless they were sent before. Raises NotDone.

    The row is claimed and stored before anything is sent: whoever dies in between
    leaves one that says it is on its way, and nobody sends it a second time.
    """
    post, new = InsidePost.objects.get_or_create(
        inside=told,
        channel=channel,
        defaults={"member": told.member, "state": State.SENDING, "state_since": now},
    )
    if not new:
        if post.state != State.REFUSED:
            raise NotDone(_("It was sent there already. Look at how it stands."))
        _claim(post, now=now)
    _send(post, now=now, http=http)
    return post


def once_more(post: InsidePost, *, now: datetime, http: httpx.Client) -> None:
    """The leader looked: it is not there. Raises NotDone."""
    if post.channel is None or post.state != State.UNKNOWN:
        raise NotDone(_("It has changed meanwhile. See how it is now."))
    _claim(post, now=now)
    _send(post, now=now, http=http)


def is_there(post: InsidePost, *, now: datetime) -> None:
    """The leader looked: it is there. Raises ForbiddenMove, LostRace."""
    post.move(State.OUT, now=now, why="")


def doubt(post: InsidePost, *, now: datetime) -> None:
    """Nobody knows how it ended. Raises ForbiddenMove, LostRace."""
    post.move(State.UNKNOWN, now=now)


def _claim(post: InsidePost, *, now: datetime) -> None:
    try:
        post.move(State.SENDING, now=now, why="")
    except LostRace as error:
        raise NotDone(_("It has changed meanwhile. See how it is now.")) from error


def _send(post: InsidePost, *, now: datetime, http: httpx.Client) -> None:
    state, why = _answered(post, http)
    try:
        post.move(state, now=now, why=why[:MOST_WHY])
    except LostRace:
        post.refresh_from_db()  # it took so long that it is doubted already: so it is


def _answered(post: InsidePost, http: httpx.Client) -> tuple[str, str]:
    """How an attempt ended, and why it was not taken."""
    channel = post.channel
    assert channel is not None  # by those who call
    try:
        address = channel.opened()
        answer = wire.ask(http, "POST", address, json=body(post, channel.kind))
    except CannotUnseal:
        lost = _("We lost the key to this channel. An administrator gives it anew.")
        return State.REFUSED, lost
    except base.TryLater:
        return State.REFUSED, _("It could not be reached. Nothing was posted.")
    except base.Refused as no:
        return State.REFUSED, str(no.words)
    except base.Unanswered:
        return State.UNKNOWN, ""
    if answer.fine:
        return State.OUT, ""
    if answer.status >= 500 or answer.status in MAYBE:
        return State.UNKNOWN, ""
    if answer.status in GONE:
        gone = _("Its address leads nowhere any more. Tell your administrator.")
        return State.REFUSED, gone
    return State.REFUSED, answer.words() or f"HTTP {answer.status}"


def body(post: InsidePost, kind: str) -> dict[str, object]:
    """What is sent: whose words they are stands above them."""
    name, text = post.member.name, post.inside.text
    if kind == InsideChannel.Kind.SLACK:
        words = wording.written(text, wording.SENT)
        return {"text": f"*{wording.escaped(name)}*\n{words}"}
    blocks = [_block(name, weight="Bolder"), *map(_block, wording.paragraphs(text))]
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "body": blocks,
    }
    kind_of_card = "application/vnd.microsoft.card.adaptive"
    return {
        "type": "message",
        "attachments": [{"contentType": kind_of_card, "content": card}],
    }


def _block(text: str, **look: str) -> dict[str, object]:
    """A line of its own is a paragraph there."""
    lines = text.replace("\n-", "\r-").replace("\n", "\n\n").replace("\r-", "\n-")
    return {"type": "TextBlock", "text": lines, "wrap": True, **look}


def reseal() -> int:
    """Seal every address with the newest key. Returns how many were resealed."""
    return seal_anew(
        InsideChannel.objects.all(), lambda channel: channel.seal(channel.opened())
    )
