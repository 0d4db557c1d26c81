"""What the composer says while one writes: the line, the count, one kind check.

Nothing here decides for the person; only what the law or a network refuses stops.
"""

from dataclasses import dataclass
from typing import Any

import regex
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.sharing.channels import base

# In the language of the writing, not of the pages. "Mainos | ..." first in the text is
# what KKV, the Finnish consumer authority, asks for:
# https://www.kkv.fi/en/consumer-affairs/marketing/
LINES = {
    "ad": {
        "fi": "Mainos | {organisation}",
        "sv": "Reklam | {organisation}",
        "en": "Ad | {organisation}",
    },
    "employee": {
        "fi": "Työnantajani on {organisation}.",
        "sv": "Jag jobbar på {organisation}.",
        "en": "I work at {organisation}.",
    },
}
MARKS = (
    *("mainos", "reklam", "ad ", "ad:", "advert", "#ad", "paid partnership"),
    *("kaupallinen yhteistyö", "kommersiellt samarbete"),
)
FOLDS = {"linkedin": 210, "facebook": 480, "instagram": 125, "threads": 480}
"""Characters shown before "more", on a large screen; common knowledge, not promised."""
AD_LABELS = {"x", "instagram", "facebook", "tiktok", "youtube"}
"""Networks with a label for advertising of their own."""
MOST_TAGS = 5
_TAG = regex.compile(r"(?<!\w)#[\p{L}\p{N}_]+")
_WORD = regex.compile(r"\p{L}{4,}")


@dataclass(frozen=True)
class Draft:
    """All that the checks look at."""

    words: str  # the person's own, without the line
    line: str
    kind: str  # "ad", "employee" or "none"
    reason: str = ""  # why an ad has no line
    pictured: bool = False
    alt: str = ""
    ask_first: str = ""  # the name of whom to ask; empty: nobody
    topic: str = ""  # that they answer for
    like_ready: bool = False  # nearly the item's own text
    like_colleague: bool = False
    gone: bool = False  # the item is no longer in the library


@dataclass(frozen=True)
class Look:
    """How a draft stands on its channel."""

    said: str  # as it will stand there
    shown: str  # of it, what is seen at once
    folded: str  # the rest, behind "more"
    length: int  # by the network's own count
    most: int | None
    check: str  # one kind word, or ""

    @property
    def over(self) -> int:
        """How much too long it is."""
        return max(0, self.length - self.most) if self.most is not None else 0


def line_of(kind: str, language: str, organisation: str) -> str:
    """The disclosure line as we would write it; empty where none is needed."""
    line = LINES.get(kind, {}).get(language, "")
    return line.format(organisation=organisation)


def joined(line: str, words: str) -> str:
    """The whole text, the line first; nothing while no word is written."""
    if not words.strip():
        return ""
    return f"{line}\n\n{words}" if line else words


def words_of(text: str, line: str) -> str:
    """The person's own words in a whole text."""
    return text.removeprefix(f"{line}\n\n") if line else text


def look(
    channel: base.Channel, draft: Draft, link: str, limits: base.Limits | None = None
) -> Look:
    """Count, fold and check a draft; before the first word the line counts already."""
    whole = joined(draft.line, draft.words) or draft.line
    said = channel.says(base.Post(whole, link=link))
    length, most = channel.length(said), channel.most(limits or {})
    shown, folded = _folded(said, FOLDS.get(channel.key))
    over = length - most if most is not None else 0
    return Look(said, shown, folded, length, most, check(draft, channel, over))


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


def check(draft: Draft, channel: base.Channel, over: int) -> str:
    """The first thing worth a word; most are worth none."""
    if not draft.words.strip():
        return ""
    if over > 0:
        return ngettext(
            "It is %(number)s character too long for %(network)s. "
            "Which sentence can go?",
            "It is %(number)s characters too long for %(network)s. "
            "Which sentence can go?",
            over,
        ) % {"number": over, "network": channel.name}
    return _of_law(draft) or _of_words(draft) or _to_know(draft, channel)


def _of_law(draft: Draft) -> str:
    if draft.gone:
        return _("This is no longer in the library. Ask before you share it.")
    if draft.kind == "ad" and not (is_marked(draft.line) or draft.reason.strip()):
        return _("This is advertising, and readers should see it. Put the mark back?")
    if draft.pictured and not draft.alt.strip():
        return _("Say in a few words what the picture shows, for those who listen.")
    return ""


def _of_words(draft: Draft) -> str:
    if draft.like_ready:
        return _(
            "These are almost the words we offered. Say one thing only you could say."
        )
    if draft.like_colleague:
        return _(
            "A colleague has used almost the same words lately. Add something of yours."
        )
    if shouts(draft.words):
        return _("Capital letters read like shouting. Small ones carry as far.")
    if len(_TAG.findall(draft.words)) > MOST_TAGS:
        return _("So many tags hide your words. Three are plenty.")
    return ""


def _to_know(draft: Draft, channel: base.Channel) -> str:
    if draft.ask_first:
        return _("Ask %(name)s first: they answer for %(topic)s.") % {
            "name": draft.ask_first,
            "topic": draft.topic,
        }
    if draft.kind == "ad" and channel.key in AD_LABELS:
        return _("%(network)s has a label for advertising, too: turn it on there.") % {
            "network": channel.name
        }
    return ""


def is_marked(line: str) -> bool:
    """Whether a line says that this is advertising."""
    low = f"{line.casefold()} "
    return any(mark in low for mark in MARKS)


def shouts(words: str) -> bool:
    """Whether most of the longer words are in capitals."""
    found: list[Any] = _WORD.findall(words)
    return len(found) >= 4 and sum(w.isupper() for w in found) * 2 > len(found)
