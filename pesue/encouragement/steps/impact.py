"""Telling what words did, a milestone at a time."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Max, QuerySet

from pesue.encouragement.levers import IMPACT_SUBJECT, WEEK_STEP
from pesue.encouragement.messages import impact as messages
from pesue.encouragement.messages.offers import STEP
from pesue.encouragement.milestones import reached
from pesue.encouragement.models import Impact
from pesue.foundation.models import Run
from pesue.reach.models import Message
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.queries.links import people
from pesue.trials.actions import met
from pesue.trials.queries import running

MARGIN = timedelta(minutes=5)  # far longer than storing a row takes
BATCH = 500
MAILED = {  # levers, and the kind of mail in which they are met
    IMPACT_SUBJECT.key: messages.IMPACT.key,
    WEEK_STEP.key: STEP.key,
}


def tell_impact(now: datetime) -> int:
    """Tell members how many people their words brought, a milestone at a time.

    Of the milestones reached since last time only the highest is told.
    Returns how many shares it looked at.
    """
    since = Run.last_finished(tell_impact, now=now)
    days = LinkDay.objects.filter(people__gt=0)
    if since:
        days = days.filter(changed_at__gt=since - MARGIN)
    ids = days.values_list("link__share_id", flat=True).distinct().iterator(BATCH)
    looked = 0
    while batch := list(islice(ids, BATCH)):
        _tell(batch, now)
        looked += len(batch)
    return looked


def note_met(now: datetime) -> int:
    """Note for what is tried in mails which of them have really gone out.

    Each is in the arm of when it was written. Returns how many it looked at.
    """
    return sum(_note_met(lever, kind, now) for lever, kind in MAILED.items())


def _note_met(lever: str, kind: str, now: datetime) -> int:
    trial = running(lever)
    if trial is None or trial.began_at is None:
        return 0
    since = Run.last_finished(note_met, now=now) or trial.began_at
    sent = Message.objects.filter(
        kind=kind,
        state=Message.State.SENT,
        state_since__gt=since - MARGIN,
        at__gte=trial.began_at,
    )
    looked = 0
    for message in sent.select_related("member__team").iterator(BATCH):
        if message.member:
            met(lever, message.member, now=message.at)
            looked += 1
    return looked


def _tell(share_ids: list[int], now: datetime) -> None:
    totals = people(share_ids)
    told = dict(
        Impact.objects.filter(share_id__in=share_ids)
        .values_list("share_id")
        .annotate(most=Max("people"))
    )
    steps = {share: reached(total) for share, total in totals.items()}
    further = [share for share, step in steps.items() if step > told.get(share, 0)]
    new = [
        Impact(member=share.member, share=share, people=steps[share.pk], at=now)
        for share in _with_authors(further)
    ]
    with transaction.atomic():  # none is stored of which the mail would be lost
        Impact.objects.bulk_create(new, ignore_conflicts=True)
        for impact in new:
            messages.brought(impact, now=now)


def _with_authors(share_ids: list[int]) -> "QuerySet[Share]":
    return Share.objects.filter(pk__in=share_ids).select_related("member", "item")
