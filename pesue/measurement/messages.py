"""What this room writes to people: the monthly letter."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pesue.measurement.advice import Ground, advise
from pesue.measurement.kinds import LETTER
from pesue.measurement.report.known import Known
from pesue.measurement.report.letter import letter
from pesue.people.models import Member
from pesue.reach.actions.line import queue


def once(known: Known, lead: Member) -> str:
    return f"letter:{known.month}:{lead.pk}"


def monthly(
    known: Known,
    ground: Ground,
    lead: Member,
    *,
    aside: Collection[str],
    now: datetime,
    ends_at: datetime,
) -> bool:
    """The letter of a month in the lead's language; once."""
    with translation.override(lead.language):
        told = replace(known, advice=advise(ground, frozenset(aside)))
        written = letter(told)
        address = f"{settings.ADDRESS}{reverse('report')}?month={known.month}"
        return queue(
            LETTER,
            once(known, lead),
            to=lead,
            language=lead.language,
            subject=written.subject,
            text=f"{written.text}\n\n{address}",
            now=now,
            ends_at=ends_at,
        )
