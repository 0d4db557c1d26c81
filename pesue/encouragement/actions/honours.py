"""Honouring somebody."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.messages import honours as messages
from pesue.encouragement.models import Honour
from pesue.encouragement.queries.honours import groups_of, next_quarter, rests_until
from pesue.encouragement.scarcity import Group, full
from pesue.people.models import Member, Organisation

SHORTEST = 20  # characters of a reason: "good job" is none


class NotHonoured(Exception):
    """It does not go like this. str() says why, and what does."""


def honour(
    receiver: Member, *, by: Member, kind: str, reason: str, now: datetime
) -> Honour:
    """Honour a colleague for something they did, and tell them; nobody else.

    Raises NotHonoured: for oneself or somebody who is not here, without a concrete
    reason, if they had one lately, or if their group had its part this quarter.
    """
    said = reason.strip()
    if receiver.pk == by.pk:
        raise NotHonoured(_("You cannot honour yourself. Somebody else may."))
    if not receiver.is_active:
        raise NotHonoured(_("They are not here now. Tell them in another way."))
    if len(said) < SHORTEST:
        raise NotHonoured(
            _("Say what they did and what it meant: a sentence they will remember.")
        )
    with transaction.atomic():
        # Of two who honour at the same moment the second counts the first.
        Organisation.objects.select_for_update().filter(pk=1).first()
        _need_turn(receiver, now=now)
        given = Honour.objects.create(
            giver=by, receiver=receiver, kind=kind, reason=said, at=now
        )
        messages.honoured(given, now=now)
    return given


def _need_turn(receiver: Member, *, now: datetime) -> None:
    until = rests_until(receiver, now=now)
    if until is not None:
        raise NotHonoured(
            _("They were honoured within the last year. Others have their turn now.")
        )
    group = full(groups_of(receiver, now=now))
    if group is not None:
        raise NotHonoured(_none_left(group, now=now))


def _none_left(group: Group, *, now: datetime) -> str:
    return _(
        "%(group)s: one in ten may be honoured in a quarter, and that many have "
        "been. What everybody gets honours nobody: keep this one until %(day)s, or "
        "say thank you today."
    ) % {
        "group": group.name,
        "day": date_format(next_quarter(localdate(now)), "SHORT_DATE_FORMAT"),
    }
