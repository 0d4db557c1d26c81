"""What a guideline said, edition by edition; nothing of it is written over."""

from datetime import datetime

from django.db import transaction

from pesue.guidance.models import Edition, Guideline, Looked
from pesue.people.models import Member

SAID = ("kind", "text", "instead", "why", "example")


def record(
    guideline: Guideline, *, by: Member | None, now: datetime, gone: bool = False
) -> bool:
    """Keep what the guideline says now, if it says something new."""
    last = guideline.editions.order_by("-number").first()
    said = {name: getattr(guideline, name) for name in SAID}
    if last and last.gone == gone and all(getattr(last, n) == said[n] for n in SAID):
        return False
    number = last.number + 1 if last else 1
    Edition.objects.create(
        guideline=guideline, number=number, gone=gone, at=now, by=by, **said
    )
    return True


def take_out(guideline: Guideline, *, by: Member | None, now: datetime) -> None:
    """It is no longer in force; what it said stays to be read."""
    with transaction.atomic():
        rows = Guideline.objects.filter(pk=guideline.pk, gone_at__isnull=True)
        if rows.update(gone_at=now, changed_at=now):
            record(guideline, by=by, now=now, gone=True)


def bring_back(guideline: Guideline, *, by: Member | None, now: datetime) -> None:
    """In force again, as it was."""
    with transaction.atomic():
        rows = Guideline.objects.filter(pk=guideline.pk, gone_at__isnull=False)
        if rows.update(gone_at=None, changed_at=now):
            record(guideline, by=by, now=now)


def know(member: Member, *, shown: datetime, now: datetime) -> None:
    """The member has seen what had changed when the page was `shown`, never later."""
    at = min(shown, now)
    made = Looked.objects.get_or_create(member=member, defaults={"at": at})[1]
    if not made:
        Looked.objects.filter(member=member, at__lt=at).update(at=at)
