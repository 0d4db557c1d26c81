"""Answering an item's questions one at a time: each answer is a paragraph at once."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from pesue.content.models import Item
from pesue.people.models import Member
from pesue.sharing.actions.writing import Written, kept, write
from pesue.sharing.models import Reply, Share
from pesue.sharing.paragraphs import woven
from pesue.sharing.queries import composer
from pesue.sharing.queries.questions import Sheet, replies


def answer(
    member: Member,
    item: Item,
    draft: Share | None,
    sheet: Sheet,
    text: str,
    *,
    now: datetime,
) -> Share | None:
    """Save an answer into the draft, begun if there is none; an empty one takes its
    paragraph away. Only the person's own words come in.

    Returns the draft; None while nothing has been answered. Raises NotDone.
    """
    text = text.strip()
    if text == sheet.text and (draft or not text):
        return draft
    known = replies(draft)
    earlier = [known.get(one, "") for one in sheet.questions[: sheet.number - 1]]
    after = next((one for one in reversed(earlier) if one), "")
    begun = kept(draft) if draft else _blank(member, item)
    words = woven(begun.words, sheet.text, text, after=after)
    with transaction.atomic():
        draft = write(member, item, replace(begun, words=words), now=now)
        rows = Reply.objects.filter(share=draft, question=sheet.question)
        if not text:
            rows.delete()
        elif not rows.update(text=text, at=now):
            Reply.objects.create(
                member=member, share=draft, question=sheet.question, text=text, at=now
            )
    return draft


def begin(member: Member, item: Item, *, now: datetime) -> Share:
    """An empty draft, for what is kept beside one. Raises NotDone."""
    return write(member, item, _blank(member, item), now=now)


def _blank(member: Member, item: Item) -> Written:
    """What the composer would show before the first word."""
    first = composer.blank(member, item)
    return Written(
        words="",
        line=first["line"],
        channel=first["channel"],
        language=first["language"],
        alt=first["alt"],
        server=first["server"],
    )
