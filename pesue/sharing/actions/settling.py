"""What became of a share that was sent: settling a doubt, and taking a post back."""

from datetime import datetime

import httpx
from django.utils.translation import gettext_lazy as _

from pesue.foundation.moves import ForbiddenMove
from pesue.sharing.actions.publish import sending_of, stands
from pesue.sharing.channels import base
from pesue.sharing.models import Share

State = Share.State


class NotDone(Exception):
    """It could not be done. The words say what to do."""

    def __init__(self, words: base.Words) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


def settle(share: Share, *, now: datetime, http: httpx.Client) -> bool:
    """Look whether an UNKNOWN share stands; True if that is now known."""
    try:
        sending = sending_of(share, now=now)
        found = sending.channel.find(sending.post, sending.account, http)
    except (base.Refused, base.TryLater, base.Unanswered):
        return False
    if found:
        stands(share, found, now=now)
    elif sending.channel.sure:
        share.move(State.SCHEDULED, now=now, try_at=None, unanswered_since=None)
    else:
        return False
    return True


def is_there(share: Share, *, now: datetime, url: str = "") -> None:
    """The member has seen the post that we were not certain of."""
    only_from(share, State.UNKNOWN)
    share.move(
        State.SHARED, now=now, url=url, shared_at=share.unanswered_since or now, why=""
    )


def is_not_there(share: Share, *, now: datetime) -> None:
    """The member has looked, and the post does not stand: send it again."""
    only_from(share, State.UNKNOWN)  # pressed twice, it is on its way already
    share.move(
        State.SCHEDULED,
        now=now,
        send_at=now,
        try_at=None,
        unanswered_since=None,
        why="",
    )


def only_from(share: Share, *states: str) -> None:
    """Raise ForbiddenMove for a button pressed on a page that has grown old."""
    if share.state not in states:
        raise ForbiddenMove(f"{share} is {share.state}, not {' or '.join(states)}")


def withdraw(share: Share, *, now: datetime) -> None:
    """Take a share back before it is out. Raises NotDone while it may be out."""
    if share.state == State.SCHEDULED and share.unanswered_since:
        raise NotDone(
            _("It may be out already; we are looking. Try again in a few minutes.")
        )
    share.move(State.WITHDRAWN, now=now)


def delete(share: Share, *, now: datetime, http: httpx.Client) -> None:
    """Take a published post away from its network. Raises NotDone."""
    if not share.ref:
        raise NotDone(_("You posted this yourself; delete it on the network."))
    try:
        sending = sending_of(share, now=now)
        sending.channel.delete(base.Sent(share.url, share.ref), sending.account, http)
    except base.Refused as no:
        raise NotDone(no.words) from no
    except (base.TryLater, base.Unanswered) as silence:
        raise NotDone(
            _("The network does not answer now. Try again in a while.")
        ) from silence
    share.move(State.DELETED, now=now)
