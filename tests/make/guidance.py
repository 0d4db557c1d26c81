from datetime import date
from typing import Any

from pesue.guidance.models import (
    Ask,
    Attempt,
    Behaviour,
    Certificate,
    Concept,
    Edition,
    Guideline,
    Known,
    Lesson,
    Looked,
    OldGuideline,
    QuietPeriod,
    Topic,
    Value,
)
from pesue.people.models import Member
from pesue.surveys.models import Answer, Survey
from tests.make import NOON
from tests.make.people import a_member


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


def an_ask(**fields: Any) -> Ask:
    return Ask.objects.create(
        **{
            "topic": fields.pop("topic", None) or a_topic(),
            "asker": fields.pop("asker", None) or a_member(),
            "words": "May I tell what a loaf costs us?",
            "state": Ask.State.OPEN,
            "state_since": NOON,
            "asked_at": NOON,
            **fields,
        }
    )


def something_known(question: str = "May I show the oven?", **fields: Any) -> Known:
    return Known.objects.create(
        **{
            "topic": fields.pop("topic", None) or a_topic(),
            "question": question,
            "verdict": "go",
            "at": NOON,
            **fields,
        }
    )


def a_quiet_period(**fields: Any) -> QuietPeriod:
    return QuietPeriod.objects.create(
        **{
            "name": "Before the half-year results",
            "kind": QuietPeriod.Kind.RESULTS,
            "starts": date(2026, 3, 1),
            "ends": date(2026, 3, 20),
            **fields,
        }
    )


def an_old_guideline(**fields: Any) -> OldGuideline:
    return OldGuideline.objects.create(
        **{
            "name": "Social media policy 2014.pdf",
            "language": "en",
            "text": "Do not speak of customers.",
            "at": NOON,
            "state": OldGuideline.State.OPEN,
            "state_since": NOON,
            "score": 20.0,
            "permissions": 0.1,
            "readability": 50.0,
            "words": 5,
            **fields,
        }
    )


def a_survey(**fields: Any) -> Survey:
    return Survey.objects.create(
        **{
            "kind": "values",
            "title": "Are our values lived?",
            "opens": date(2026, 3, 1),
            "closes": date(2026, 3, 8),
            **fields,
        }
    )


def guided(member: Member, colleague: Member) -> None:
    """The member in every table of guidance and surveys."""
    a_topic(name="Followed").followers.add(member)
    a_topic(name="Owned").owners.add(member)
    guideline = a_guideline(owner=member)
    said = {"kind": "do", "text": "x", "at": NOON, "by": member}
    Edition.objects.create(guideline=guideline, number=1, **said)
    Looked.objects.create(member=member, at=NOON)
    a_concept().leads.add(member)
    an_ask(asker=member)
    an_ask(asker=colleague, answered_by=member)
    a_quiet_period(contact=member)
    an_old_guideline(by=member)
    place = {"course": "advocate", "lesson": "what"}
    Lesson.objects.create(**place, language="fi", text="x", changed_at=NOON, by=member)
    Attempt.objects.create(**place, member=member, at=NOON, once="1")
    Certificate.objects.create(member=member, course="advocate", code="c", at=NOON)
    Answer.objects.create(survey=a_survey(by=member), member=member, box="x")
