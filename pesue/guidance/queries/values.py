"""Values: what each looks like to one person, and how far it is lived."""

from dataclasses import dataclass

from pesue.guidance.lived import LIVED
from pesue.guidance.models import Behaviour, Concept, Guideline, Value
from pesue.guidance.queries.guidelines import in_force
from pesue.people.models import Member
from pesue.surveys import queries as surveys
from pesue.surveys.models import Survey
from pesue.surveys.queries import Result


@dataclass(frozen=True)
class Lived:
    """What the last workshop said of each value, by the value's id."""

    survey: Survey | None
    by_value: dict[int, Result]


def lived() -> Lived:
    survey = surveys.newest_counted(LIVED.name)
    if survey is None:
        return Lived(None, {})
    rows = surveys.results(survey).rows
    return Lived(
        survey, {int(row.question.about.partition(":")[2]): row for row in rows}
    )


@dataclass(frozen=True)
class ValuePage:
    value: Value
    mine: list[Behaviour]  # of the reader's own role, by their title
    others: list[tuple[str, list[Behaviour]]]  # by role; "" is everybody's
    guidelines: list[Guideline]
    concepts: list[Concept]


def page(value: Value, member: Member) -> ValuePage:
    """The reader's own role first, where their title or team names it."""
    by_role: dict[str, list[Behaviour]] = {}
    for one in value.behaviours.all():
        by_role.setdefault(one.role, []).append(one)
    own = f"{member.title} {member.team or ''}".casefold()
    mine = [
        one
        for role, rows in by_role.items()
        if role and _names(role, own)
        for one in rows
    ]
    shown = {one.pk for one in mine}
    others = [(role, rows) for role, rows in by_role.items() if rows[0].pk not in shown]
    guidelines = in_force().filter(values=value)
    return ValuePage(
        value, mine, others, list(guidelines), list(value.concepts.order_by("-ends"))
    )


def _names(role: str, own: str) -> bool:
    """Whether a role is somebody's: a long word of it begins alike in their title."""
    words = [word[:6] for word in role.casefold().split() if len(word) > 4]
    return any(word in own for word in words)
