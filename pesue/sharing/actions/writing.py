"""Saving what is written: one draft an item, and no window's words lost."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item, Picture
from pesue.people.models import Member
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.channels import CHANNELS
from pesue.sharing.channels.keys import new_key
from pesue.sharing.composing import joined, words_of
from pesue.sharing.models import Account, Share
from pesue.sharing.queries.composer import first_line
from pesue.sharing.queries.shares import draft_of
from pesue.trials.actions import wanted

State = Share.State
TRIES = 5  # two windows save at once: one waits for the other's turn
MOST_LEFT = 50  # findings that are let be; older ones are said again
BETWEEN = "\n\n* * *\n\n"  # texts of several windows


class Left(Exception):
    """The draft has left by another window; `share` is where it went."""

    def __init__(self, share: Share) -> None:
        super().__init__(f"{share} is no draft any more")
        self.share = share


def opened(item: Item, member: Member, *, now: datetime) -> None:
    """Somebody came to tell of it; where items are held back by lot, that is noted of
    the item, whichever way its lot fell, and not of the person."""
    wanted(HOLD_OUT.key, item.pk, member, now)


@dataclass(frozen=True)
class Written:
    """What stands in the composer."""

    words: str
    line: str  # the disclosure line, as the person has it
    channel: str
    language: str
    reason: str = ""  # why an ad has no line
    picture: Picture | None = None
    alt: str = ""
    server: str = ""
    account: Account | None = None
    window: str = ""  # a word of the browser window it was typed in
    edition: int = 0  # of the draft, when that window was opened
    draft: int = 0  # its id, if the window knows it

    def fields(self) -> dict[str, Any]:
        return {
            "text": joined(self.line, self.words),
            "disclosure": self.line,
            "undisclosed_why": self.reason,
            "channel": self.channel,
            "language": self.language,
            "picture": self.picture,
            "alt": self.alt,
            "server": self.server,
            "account": self.account,
            "window": self.window,
        }


def write(
    member: Member, item: Item, written: Written, *, now: datetime, anew: bool = True
) -> Share:
    """Save the member's draft about the item, begun if there is none.

    A text that another window saved meanwhile is kept beside this one. Raises Left
    if this window's draft has gone out since, unless the words are others and `anew`
    lets them begin a draft of their own.
    """
    written = _with_line(item, written)
    left = Share.objects.filter(pk=written.draft, member=member).first()
    if left and left.state != State.DRAFT:
        same = left.text == joined(written.line, written.words)
        if same or not anew:
            raise Left(left)
    for _attempt in range(TRIES):
        draft = draft_of(member, item)
        if draft is None:
            begun = _begin(member, item, written, now=now)
            if begun:
                return begun
        elif _save(draft, written):
            return draft_of(member, item) or draft
    raise NotDone(_("It could not be saved just now. Press Save once more."))


def _begin(
    member: Member, item: Item, written: Written, *, now: datetime
) -> Share | None:
    try:
        with transaction.atomic():
            return Share.objects.create(
                member=member,
                item=item,
                way=CHANNELS[written.channel].ways[0],
                key=new_key(now),
                edition=1,
                state=State.DRAFT,
                state_since=now,
                drafted_at=now,
                **written.fields(),
            )
    except IntegrityError:  # another window has just begun it
        return None


def _save(draft: Share, written: Written) -> bool:
    """False if another window came between."""
    fields = written.fields()
    other = draft.other_text
    elsewhere = draft.window != written.window and draft.edition > written.edition
    if elsewhere and draft.text and draft.text != fields["text"]:
        other = beside(other, draft.text)
    rows = Share.objects.filter(pk=draft.pk, state=State.DRAFT, edition=draft.edition)
    return bool(rows.update(**fields, other_text=other, edition=draft.edition + 1))


def _with_line(item: Item, written: Written) -> Written:
    """A line left as we wrote it follows the language of the text."""
    ours = {first_line(item, code) for code, _name in settings.LANGUAGES}
    if written.line not in ours:
        return written
    return replace(written, line=first_line(item, written.language))


def beside(other: str, text: str) -> str:
    return other if text in other else BETWEEN.join(filter(None, [other, text]))


def drop_other(share: Share) -> None:
    """The other window's text is not wanted."""
    Share.objects.filter(pk=share.pk, state=State.DRAFT).update(other_text="")


def leave(share: Share, finding: str) -> None:
    """The member lets a finding be: the next one can be seen."""
    left = [*share.left, finding[:40]][-MOST_LEFT:]
    Share.objects.filter(pk=share.pk, state=State.DRAFT).update(left=left)
    share.left = left


def add(member: Member, draft: Share, text: str, *, now: datetime) -> Share:
    """Put offered words after the member's own."""
    stands = kept(draft)
    words = stands.words.rstrip()
    words = f"{words}\n\n{text}" if words else text
    return write(member, draft.item, replace(stands, words=words), now=now)


def mark(member: Member, draft: Share, *, now: datetime) -> Share:
    """Put the line first that we would write."""
    line = first_line(draft.item, draft.language)
    return write(
        member, draft.item, replace(kept(draft), line=line, reason=""), now=now
    )


def without_picture(member: Member, draft: Share, *, now: datetime) -> Share:
    return write(member, draft.item, replace(kept(draft), picture=None), now=now)


def kept(draft: Share) -> Written:
    """What stands in a draft."""
    return Written(
        words=words_of(draft.text, draft.disclosure),
        line=draft.disclosure,
        channel=draft.channel,
        language=draft.language,
        reason=draft.undisclosed_why,
        picture=draft.picture,
        alt=draft.alt,
        server=draft.server,
        account=draft.account,
        window=draft.window,
        edition=draft.edition,
    )
