"""How a draft stands on its channel: the count, the fold, and what the check finds."""

from dataclasses import dataclass

from pesue.guidance.check import Draft, Finding, Known, Limits, check
from pesue.sharing.channels import base

FOLDS = {"linkedin": 210, "facebook": 480, "instagram": 125, "threads": 480}
"""Characters shown before "more", on a large screen; common knowledge, not promised."""
AD_LABELS = {"x", "instagram", "facebook", "tiktok", "youtube"}
"""Networks with a label for advertising of their own."""
MOST_TAGS = 5
TAGS = {"instagram": 10, "tiktok": 8, "bluesky": 3, "x": 3, "linkedin": 5}
"""Hashtags that are still read, where custom is another; common knowledge."""


@dataclass(frozen=True)
class Look:
    """How a draft stands on its channel."""

    said: str  # as it will stand there
    shown: str  # of it, what is seen at once
    folded: str  # the rest, behind "more"
    length: int  # by the network's own count
    most: int | None
    found: list[Finding]  # what is worth a word, what matters most first

    @property
    def over(self) -> int:
        """How much too long it is."""
        return max(0, self.length - self.most) if self.most is not None else 0


def joined(line: str, words: str) -> str:
    """The whole text, the line first; nothing while no word is written."""
    if not words.strip():
        return ""
    return f"{line}\n\n{words}" if line else words


def words_of(text: str, line: str) -> str:
    """The person's own words in a whole text."""
    return text.removeprefix(f"{line}\n\n") if line else text


def look(
    channel: base.Channel,
    draft: Draft,
    link: str,
    limits: base.Limits | None = None,
    known: Known | None = None,
) -> Look:
    """Count, fold and check a draft; before the first word the line counts already."""
    whole = joined(draft.line, draft.words) or draft.line
    said = channel.says(base.Post(whole, link=link))
    length, most = channel.length(said), channel.most(limits or {})
    fold = FOLDS.get(channel.key)
    network = Limits(
        name=str(channel.name),
        over=max(0, length - most) if most is not None else 0,
        fold=fold,
        tags=TAGS.get(channel.key, MOST_TAGS),
        label=channel.key in AD_LABELS,
    )
    found = check(draft, network, known or Known())
    return Look(said, *_folded(said, fold), length, most, found)


def way_out(
    channel: base.Channel, post: base.Post, *, connected: bool, server: str
) -> base.Way:
    """The best way that is open: what the channel can, and what the person has."""
    for way in channel.ways:
        if way is base.Way.API and not connected:
            continue
        if way is base.Way.INTENT and channel.intent(post, server) is None:
            continue
        return way
    return base.Way.COPY


def _folded(said: str, most: int | None) -> tuple[str, str]:
    """Broken at a space, so that no word is cut."""
    if most is None or len(said) <= most:
        return said, ""
    at = max(said.rfind(" ", 0, most), said.rfind("\n", 0, most))
    at = at if at > most // 2 else most
    return said[:at].rstrip(), said[at:].lstrip()
