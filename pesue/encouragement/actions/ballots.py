"""Voting: a ballot that nobody can read is put on one's own line of the roll."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.deciding import BLANK
from pesue.encouragement.models import AwardRound, Voter
from pesue.encouragement.queries.awards import on_ballot
from pesue.people.models import Member
from pesue.surveys.sealing import seal

CODE = "code"  # of a ballot, beside its choices
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
ROOM = 64  # bytes of a box for a choice, and for the code
Choices = Mapping[int, int]  # category: nominee, or BLANK


def new_code() -> str:
    """Some 59 bits of chance, in three groups of four."""
    groups = ("".join(secrets.choice(LETTERS) for _n in range(4)) for _g in range(3))
    return "-".join(groups)


def vote(found: AwardRound, member: Member, chosen: Choices, *, now: datetime) -> str:
    """Seal the choices in place of what the member voted before; the ballot's code.

    The code is told to the voter, here and now, and is kept nowhere but in the box.
    Raises AwardRefused where the vote is not open, or they are not on its roll.
    """
    standing = on_ballot(found)
    if set(chosen) != set(standing) or any(
        nominee != BLANK and nominee not in standing[category]
        for category, nominee in chosen.items()
    ):
        raise AwardRefused(_("Choose from those who stand. Look at the list again."))
    if not found.key:
        raise AwardRefused(_("The vote is being made ready. Come back in a minute."))
    code = new_code()
    said = {str(category): str(nominee) for category, nominee in chosen.items()}
    box = seal(found.key, found.pk, {**said, CODE: code}, size=_room(found))
    with transaction.atomic():
        # Held until this ballot lies in its place: whoever closes the vote waits.
        locked = AwardRound.objects.select_for_update().filter(
            pk=found.pk,
            state=AwardRound.State.VOTING,
            key=found.key,
            closed_at=None,
            vote_until__gte=localdate(now),
        )
        if not locked.values_list("pk").first():
            raise AwardRefused(_("The vote is not open now."))
        if not Voter.objects.filter(round=found, member=member).update(box=box):
            raise AwardRefused(
                _("You are not on the roll, which was made when the vote opened.")
            )
    return code


def _room(found: AwardRound) -> int:
    """Bytes that hold whatever may be chosen: all boxes of a round are as large."""
    return ROOM * (2 + found.award.categories.count())
