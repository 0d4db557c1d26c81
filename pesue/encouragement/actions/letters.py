"""What can be done with letters."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.models import Item
from pesue.encouragement.messages import letters as messages
from pesue.encouragement.models import Letter
from pesue.people.models import Member, Team
from pesue.sharing.models import Share

KEPT = timedelta(days=365)


class NotEntered(Exception):
    """It does not go like this. str() says why, and what does."""


def enter(
    *,
    words: str,
    sender: str,
    came_on: date,
    wide: bool,
    by: Member,
    member: Member | None = None,
    team: Team | None = None,
    item: Item | None = None,
    share: Share | None = None,
    now: datetime,
) -> Letter:
    """Keep a letter whose sender agreed, for a year, and tell the one it is about.

    `wide`: the sender agreed that all colleagues read it. Of a team or an item it is
    shown at once then; about somebody, when they say so. Raises NotEntered.
    """
    if not (member or team or item or share):
        raise NotEntered(_("Say whom it concerns: a colleague, a team, or a story."))
    about = member or (share.member if share else None)
    with transaction.atomic():
        letter = Letter.objects.create(
            words=words.strip(),
            sender=sender.strip(),
            came_on=came_on,
            wide=wide,
            by=by,
            member=member,
            team=team,
            item=item,
            share=share,
            at=now,
            ends_on=localdate(now) + KEPT,
            shown_at=now if wide and about is None else None,
        )
        if about is not None and about.pk != by.pk:
            messages.came(letter, about, now=now)
    return letter


def take_away(letter: Letter) -> None:
    """Gone at once: the words are their sender's, who may change their mind."""
    Letter.objects.filter(pk=letter.pk).delete()
