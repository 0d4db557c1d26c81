"""What can be done with the catalogue."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pesue.content.actions.pictures import store_picture
from pesue.content.actions.refusals import CannotUse
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Reward
from pesue.people.models import Member

KEPT = [
    *("kind", "name", "words", "translated", "points", "cents", "hours", "tax_class"),
    *("team", "begins", "ends", "budget", "picture"),
]


def save(
    reward: Reward,
    *,
    stock_was: int | None,
    picture: bytes | None = None,
    alt: str = "",
    by: Member,
) -> Reward:
    """Into the catalogue, or changed there. Raises NotDone.

    `stock_was` is how many were left when the page was opened: what was claimed since
    is not put back by saving another field.
    """
    try:
        with transaction.atomic():
            if picture:
                reward.picture = store_picture(picture, alt=alt, by=by)
            if reward.pk is None:
                reward.by = by
                reward.save()
            else:
                stock = reward.stock
                reward.save(update_fields=KEPT)
                _restock(reward, stock_was, stock)
    except CannotUse as error:
        raise NotDone(str(error)) from error
    return reward


def _restock(reward: Reward, was: int | None, wanted: int | None) -> None:
    """So many more or fewer than there were, whatever was claimed meanwhile."""
    rows = Reward.objects.filter(pk=reward.pk)
    if was is None or wanted is None:
        if was != wanted:
            rows.update(stock=wanted)
    elif not rows.filter(stock__gte=was - wanted).update(
        stock=F("stock") + wanted - was
    ):
        raise NotDone(
            _(
                "Some have just been asked for. Look at how many are left, and "
                "save again."
            )
        )
    reward.refresh_from_db(fields=["stock"])


def retire(reward: Reward, *, now: datetime) -> None:
    """It is offered no more; what was asked for stays asked for."""
    Reward.objects.filter(pk=reward.pk, retired_at=None).update(retired_at=now)


def offer_again(reward: Reward) -> None:
    Reward.objects.filter(pk=reward.pk).update(retired_at=None)
