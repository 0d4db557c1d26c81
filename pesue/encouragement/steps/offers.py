"""Writing of the week's step to those who like to be reminded."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from pesue.encouragement.ladder import Done
from pesue.encouragement.messages import offers as messages
from pesue.encouragement.models import Offer
from pesue.encouragement.queries.deeds import deeds
from pesue.encouragement.queries.offers import week_of
from pesue.encouragement.rungs import WEIGHTS
from pesue.foundation.days import midnight
from pesue.reach.models import Unsubscription

BATCH = 500
TUESDAY = 1  # as date.weekday() counts; Monday is for those who come by themselves


def write_of_steps(now: datetime) -> int:
    """Write of the week's step, once at most; not to those who did or answered it,
    who rest, or do not want it. It goes out in the team's hours.

    Returns how many steps it looked at.
    """
    if localdate(now).weekday() < TUESDAY:
        return 0
    rows = Offer.objects.filter(week=week_of(now), looked_at=None)
    related = rows.select_related("member__team", "item", "share__member", "colleague")
    batch = list(related.order_by("pk")[:BATCH])
    if not batch:
        return 0
    ids = [offer.member_id for offer in batch]
    done = deeds(min(ids), max(ids), since=midnight(week_of(now)))
    declined = Unsubscription.objects.filter(kind=messages.STEP.key, member__in=ids)
    not_wanted = set(declined.values_list("member", flat=True))
    with transaction.atomic():  # none is noted of which the mail would be lost
        for offer in batch:
            open_ = _is_open(offer, done.get(offer.member_id, []), now=now)
            if open_ and offer.member_id not in not_wanted:
                messages.offered(offer, now=now)
        Offer.objects.filter(pk__in=[o.pk for o in batch]).update(looked_at=now)
    return len(batch)


def _is_open(offer: Offer, done: list[Done], *, now: datetime) -> bool:
    member = offer.member
    rests = member.paused_until and member.paused_until > localdate(now)
    if not member.is_active or rests or offer.answered != Offer.Answered.NONE:
        return False
    return not any(WEIGHTS[one.deed] >= offer.rung for one in done)
