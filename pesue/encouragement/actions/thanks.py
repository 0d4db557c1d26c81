"""What can be done with thanks."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.models import Item
from pesue.encouragement.messages import thanks as messages
from pesue.encouragement.models import Thanks
from pesue.foundation.days import midnight
from pesue.people.models import Member
from pesue.sharing.models import Share

MOST_A_DAY = 12  # of one giver


class NotThanked(Exception):
    """It does not go like this. str() says why, and what does."""


class ThankingOneself(NotThanked):
    """The giver wrote the post, or is the receiver."""


class NotShared(NotThanked):
    """The post is not public."""


class Enough(NotThanked):
    """The giver has thanked many today."""


def thank(share: Share, giver: Member, *, now: datetime, words: str = "") -> Thanks:
    """Thank the author of `share`, once; words may come later, with a second tap.

    Raises ThankingOneself, NotShared if the post is not (or no more) public, Enough.
    """
    if share.member_id == giver.pk:
        raise ThankingOneself(_("This one is yours. Let others thank you for it."))
    if share.state != Share.State.SHARED:
        raise NotShared(_("This post is no longer public."))
    with transaction.atomic():
        _in_turn(giver)
        known = Thanks.objects.filter(giver=giver, share=share).first()
        if known is None:
            return _given(
                Thanks(
                    giver=giver,
                    share=share,
                    receiver_id=share.member_id,
                    words=words,
                    at=now,
                )
            )
        if words and known.words != words:
            known.words = words
            known.shown_at = None  # the receiver agreed to other words
            known.save(update_fields=["words", "shown_at"])
    return known


def give(
    giver: Member,
    receiver: Member,
    *,
    what: str,
    words: str = "",
    item: Item | None = None,
    proposes: bool = False,
    now: datetime,
) -> Thanks:
    """Thank a colleague in words; the same words on the same day are given once.

    `proposes`: those who lead may read it when they think of whom to honour.
    Raises ThankingOneself, Enough, or NotThanked for somebody who is not here.
    """
    if giver.pk == receiver.pk:
        raise ThankingOneself(
            _("You deserve it, but let others say so. Thank a colleague instead.")
        )
    if not receiver.is_active:
        raise NotThanked(_("They are not here now. Tell them in another way."))
    said = {"what": what.strip(), "words": words.strip()}
    if not said["what"]:
        raise NotThanked(_("Say for what; a few words are enough."))
    with transaction.atomic():
        _in_turn(giver)
        same = Thanks.objects.filter(giver=giver, receiver=receiver, item=item, **said)
        known = same.filter(at__gte=midnight(localdate(now))).first()
        return known or _given(
            Thanks(
                giver=giver,
                receiver=receiver,
                item=item,
                proposes=proposes,
                at=now,
                **said,
            )
        )


def _in_turn(giver: Member) -> None:
    """Of two thanks that one gives at the same moment, the second sees the first."""
    Member.objects.select_for_update().filter(pk=giver.pk).first()


def _given(thanks: Thanks) -> Thanks:
    """Keep it and tell the receiver, in the caller's transaction. Raises Enough."""
    today = Thanks.objects.filter(
        giver_id=thanks.giver_id, at__gte=midnight(localdate(thanks.at))
    )
    if today.count() >= MOST_A_DAY:
        raise Enough(
            _(
                "You have thanked many people today. Keep this one for tomorrow: it "
                "weighs more then."
            )
        )
    thanks.save(force_insert=True)
    messages.thanked(thanks, now=thanks.at)
    return thanks
