"""What a person needs in hand to post a text themselves."""

from dataclasses import dataclass

from pesue.sharing.actions.posts import link_of
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.models import Share


@dataclass(frozen=True)
class HandOff:
    text: str  # as it is to stand there
    opens: str  # the one address to open; empty if there is none
    filled: bool  # whether the words travel in that address
    link_only: str  # a surer address that takes only the link
    sheet: bool  # whether the device's share sheet is a way


def hand_off(share: Share) -> HandOff | None:
    """None for a share that is not in its author's hands."""
    channel = CHANNELS.get(share.channel)
    if share.state != Share.State.HANDED or channel is None:
        return None
    post = base.Post(share.text, link=link_of(share), title=share.item.title)
    intent = channel.intent(post, share.server)
    return HandOff(
        text=channel.says(post),
        opens=intent or channel.opens(share.server),
        filled=intent is not None and channel.takes_text,
        link_only=channel.link_only(post) or "",
        sheet=base.Way.SHEET in channel.ways,
    )
