from datetime import date
from typing import Any

from pesue.guidance.models import Behaviour, Concept, Guideline, Topic, Value
from tests.make import NOON


def a_value(name: str = "We finish what we begin", *seen: str) -> Value:
    value = Value.objects.create(name=name, meaning="Others can count on us.")
    for text in seen:
        Behaviour.objects.create(value=value, text=text)
    return value


def a_topic(name: str = "Night baking", **fields: Any) -> Topic:
    return Topic.objects.create(name=name, **fields)


def a_guideline(text: str = "Tell what you did yourself.", **fields: Any) -> Guideline:
    return Guideline.objects.create(text=text, **{"changed_at": NOON, **fields})


def a_concept(name: str = "Bread weeks", **fields: Any) -> Concept:
    return Concept.objects.create(
        name=name,
        **{
            "brief": "What bread is to us.",
            "starts": date(2026, 3, 1),
            "ends": date(2026, 3, 31),
            **fields,
        },
    )
