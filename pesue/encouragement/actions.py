"""What can be done with thanks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.encouragement import messages
from pesue.encouragement.models import Thanks
from pesue.people.models import Member
from pesue.sharing.models import Share


class ThankingOneself(Exception):
    """The giver wrote the post."""


class NotShared(Exception):
    """The post is not public."""


def thank(share: Share, giver: Member, *, now: datetime, words: str = "") -> Thanks:
    """Thank the author of `share`, once; words may come later, with a second tap.

    Raises ThankingOneself, or NotShared if the post is not (or no more) public.
    """
    if share.member_id == giver.pk:
        raise ThankingOneself(_("This one is yours. Let others thank you for it."))
    if share.state != Share.State.SHARED:
        raise NotShared(_("This post is no longer public."))
    with transaction.atomic():
        thanks, new = Thanks.objects.get_or_create(
            giver=giver,
            share=share,
            defaults={"receiver_id": share.member_id, "words": words, "at": now},
        )
        if words and thanks.words != words:
            thanks.words = words
            thanks.save(update_fields=["words"])
        if new:
            messages.thanked(thanks, now=now)
    return thanks
