"""What a person needs in hand to post a text themselves."""

from dataclasses import dataclass

from pesue.content.models import Story, Video
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
    film: Video | None  # the author's own, to be posted with the words
    unsaid: Video | None  # the same, while nobody has said who is in it
    takes: str  # "file", "own" or "": what the network does with captions


def hand_off(share: Share) -> HandOff | None:
    """None for a share that is not in its author's hands."""
    channel = CHANNELS.get(share.channel)
    if share.state != Share.State.HANDED or channel is None:
        return None
    post = base.Post(share.text, link=link_of(share), title=share.item.title)
    intent = channel.intent(post, share.server)
    film = _own_film(share)
    return HandOff(
        text=channel.says(post),
        opens=intent or channel.opens(share.server),
        filled=intent is not None and channel.takes_text,
        link_only=channel.link_only(post) or "",
        sheet=base.Way.SHEET in channel.ways,
        film=film if film and film.is_said else None,
        unsaid=film if film and not film.is_said else None,
        takes=allowed(channel),
    )


def _own_film(share: Share) -> Video | None:
    """Only one's own face goes out under one's name: a colleague's video is a link."""
    rows = Video.objects.filter(
        story__item=share.item_id,
        story__author=share.member_id,
        story__state=Story.State.ACCEPTED,
        state=Video.State.READY,
    )
    return rows.select_related("poster", "story").first()


def allowed(channel: base.Channel | None) -> str:
    """What becomes of a file of captions there: "file", "own" ones only, or "" where
    we do not know."""
    if channel is None or not channel.knows(base.About.CAPTIONS):
        return ""
    return "file" if channel.allows(base.About.CAPTIONS) else "own"
