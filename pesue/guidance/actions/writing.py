"""What can be done with guidance."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from pesue.guidance.actions.editions import record, take_out
from pesue.guidance.forms import GuidanceForm
from pesue.guidance.models import Guideline, Topic
from pesue.people.models import Member


def write(form: GuidanceForm, *, now: datetime, by: Member | None = None) -> None:
    """Keep what a valid form says, whole or not at all."""
    with transaction.atomic():
        if isinstance(form.instance, Guideline):
            form.instance.changed_at = now
        row = form.save()
        if isinstance(row, Guideline):
            record(row, by=by, now=now)


def drop(row: Model, *, by: Member | None, now: datetime) -> None:
    """Take it out of the guidance. What was told under it stays."""
    if isinstance(row, Guideline):
        take_out(row, by=by, now=now)
    else:
        row.delete()


def follow(member: Member, topics: Iterable[Topic]) -> None:
    """The member's own topics are these, and no others."""
    member.topics.set(topics)


def follow_one(member: Member, topic: Topic, *, follows: bool) -> None:
    """Begin or end following one; the others stay as they are."""
    (member.topics.add if follows else member.topics.remove)(topic)
