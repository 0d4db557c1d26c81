from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from pesue.people.models import Member
from pesue.surveys.instruments import INSTRUMENTS
from pesue.surveys.models import (
    Expert,
    Exported,
    Neighbour,
    Panel,
    Survey,
    SurveyQuestion,
    Tally,
    Trend,
)
from tests.make import NOON

DAY = NOON.date()
_number = count(1)


def a_panel(*trends: str, **fields: Any) -> Panel:
    panel = Panel.objects.create(
        **{
            "title": "Trends of 2027",
            "question": "What comes next year?",
            "language": "en",
            "opens": DAY,
            "closes": DAY + timedelta(days=30),
            "slug": f"trends-{next(_number)}",
            "state": Panel.State.NAMING,
            "state_since": NOON,
            **fields,
        }
    )
    for words in trends:
        Trend.objects.create(panel=panel, words=words)
    return panel


def an_expert(panel: Panel, **fields: Any) -> Expert:
    n = next(_number)
    return Expert.objects.create(
        **{
            "panel": panel,
            "name": f"Eva Expert {n}",
            "email": f"eva{n}@elsewhere.example",
            "language": "en",
            "who": "Editor of a trade journal",
            "at": NOON,
            **fields,
        }
    )


def a_counted_survey(
    kind: str, told: Mapping[str, Mapping[str, int]], *, closes: date = DAY
) -> Survey:
    """One whose answers have been counted: how many chose what, by item."""
    survey = Survey.objects.create(
        kind=kind,
        title=kind,
        opens=closes - timedelta(days=14),
        closes=closes,
        counted_at=NOON,
        people=max(sum(said.values()) for said in told.values()),
    )
    for item in INSTRUMENTS[kind]:
        question = SurveyQuestion.objects.create(
            survey=survey, about=item.key, scale=item.scale
        )
        Tally.objects.bulk_create(
            Tally(question=question, choice=choice, people=people)
            for choice, people in told.get(item.key, {}).items()
        )
    return survey


def an_export(by: Member | None = None, **fields: Any) -> Exported:
    return Exported.objects.create(**{"by": by, "at": NOON, "text": "{}", **fields})


def a_neighbour(by: Member | None = None, **fields: Any) -> Neighbour:
    return Neighbour.objects.create(
        **{
            "public": f"key {next(_number)}",
            "questionnaire": "pulse",
            "made": NOON,
            "size": "50-249",
            "country": "FI",
            "figures": [],
            "by": by,
            "at": NOON,
            **fields,
        }
    )
