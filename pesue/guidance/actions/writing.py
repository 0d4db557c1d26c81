"""What can be done with guidance."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from pesue.guidance.forms import GuidanceForm
from pesue.guidance.models import Guideline, Topic
from pesue.people.models import Member


def write(form: GuidanceForm, *, now: datetime) -> None:
    """Keep what a valid form says, whole or not at all."""
    with transaction.atomic():
        if isinstance(form.instance, Guideline):
            form.instance.changed_at = now
        form.save()


def drop(row: Model) -> None:
    """Take it out of the guidance. What was told under it stays."""
    row.delete()


def follow(member: Member, topics: Iterable[Topic]) -> None:
    """The member's own topics are these, and no others."""
    member.topics.set(topics)
