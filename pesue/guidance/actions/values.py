"""Values all at once, and the workshop that asks whether they are lived."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from pesue.guidance.behaving import ValueRead
from pesue.guidance.lived import LIVED
from pesue.guidance.models import Behaviour, Value
from pesue.people.models import Member, Team
from pesue.surveys import actions as surveys
from pesue.surveys.models import Survey, SurveyQuestion


def take_in(values: Iterable[ValueRead]) -> int:
    """Add those that are not there by name; returns how many were new."""
    added = 0
    with transaction.atomic():
        known = {
            name.casefold() for name in Value.objects.values_list("name", flat=True)
        }
        for one in values:
            if one.name.casefold() in known:
                continue
            known.add(one.name.casefold())
            value = Value.objects.create(
                name=one.name, meaning=one.meaning, position=len(known)
            )
            Behaviour.objects.bulk_create(
                Behaviour(value=value, role=seen.role, text=seen.text, position=at)
                for at, seen in enumerate(one.seen)
            )
            added += 1
    return added


def ask_whether_lived(
    values: Sequence[Value],
    *,
    title: str,
    opens: date,
    closes: date,
    teams: Sequence[Team],
    by: Member,
) -> Survey:
    """Begin a workshop."""
    return surveys.open_survey(
        LIVED.name,
        title,
        (
            SurveyQuestion(about=f"value:{v.pk}", text=v.name, scale=LIVED.name)
            for v in values
        ),
        opens=opens,
        closes=closes,
        teams=teams,
        by=by,
    )
