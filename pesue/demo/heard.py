"""What the company asked its people, and what it tried, by the real actions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.guidance.actions.values import ask_whether_lived
from pesue.guidance.models import Value
from pesue.measurement.steps import read_trials
from pesue.surveys import actions as surveys
from pesue.surveys import steps
from pesue.surveys.models import Survey
from pesue.surveys.scales import SILENT
from pesue.trials import actions as trials
from pesue.trials.levers import LEVERS
from pesue.trials.steps import end_trials

DAY = timedelta(days=1)
Says = Callable[[str, float], str]  # what one with this inclination says of an item


def hear(house: House, chance: Random, *, now: datetime) -> None:
    """A workshop and a questionnaire that are counted; a pulse that is open."""
    told = read("heard")
    workshop = told["workshop"]
    values = list(Value.objects.order_by("position", "pk"))
    survey = ask_whether_lived(
        values, title=workshop["title"], teams=(), by=house.lead, **_days(workshop, now)
    )
    lived = {
        f"value:{value.pk}": workshop["lived"][place % len(workshop["lived"])]
        for place, value in enumerate(values)
    }
    _answer(survey, house, chance, workshop, now, of_values(chance, lived))
    for kind in ("barriers", "pulse"):
        asked = told[kind]
        survey = surveys.ask(kind, asked["title"], by=house.lead, **_days(asked, now))
        _answer(survey, house, chance, asked, now, agreeing(chance))


def of_values(chance: Random, lived: dict[str, float]) -> Says:
    def says(about: str, _inclination: float) -> str:
        if chance.random() < 0.06:
            return SILENT
        if chance.random() < lived[about]:
            return "lived"
        return "partly" if chance.random() < 0.7 else "said"

    return says


def agreeing(chance: Random) -> Says:
    """Answers to the items of a questionnaire go together, and not wholly."""

    def says(about: str, inclination: float) -> str:
        turned = -1 if about in {"B3", "B4", "B5", "B7", "B8"} else 1
        level = 4.4 + turned * 1.3 * inclination + chance.gauss(0, 0.9)
        return str(min(7, max(1, round(level))))

    return says


def _days(asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    opens = localdate(now - asked["begins"] * DAY)
    return {"opens": opens, "closes": opens + asked["lasts"] * DAY}


def _answer(
    survey: Survey,
    house: House,
    chance: Random,
    asked: dict[str, Any],
    now: datetime,
    says: Says,
) -> None:
    at = now - asked["begins"] * DAY
    steps.make_keys(at)
    survey.refresh_from_db()
    questions = list(survey.questions.all())
    for member in house.people:
        if member != house.advocate and chance.random() < asked["answer"]:
            inclination = chance.gauss(0, 1)
            said = {one.pk: says(one.about, inclination) for one in questions}
            surveys.answer(survey, member, said, today=localdate(at))
    steps.count(now)


def try_out(house: House, *, now: datetime) -> None:
    """A trial that is over and read, and one that is running."""
    for entry in read("heard")["trial"]:
        lever = LEVERS[entry["lever"]]
        began = now - entry["begins"] * DAY
        first = localdate(began)
        subject = {"subject": entry["subject"]} if "subject" in entry else {}
        arms = (
            trials.ArmDesign("now", "Nyt", is_control=True),
            trials.ArmDesign("new", "Uusi", payload=subject),
        )
        design = trials.Design(
            name=entry["name"],
            question=entry["question"],
            lever=lever.key,
            kind=lever.kinds[0],
            unit="team",
            begins=first,
            ends=first + entry["lasts"] * DAY,
            outcome=lever.outcome,
            arms=arms if subject else (),
            strata=("size",),
        )
        made = trials.propose(design, by=house.lead, now=began)
        trials.start(made, now=began)
        over = min(now, began + (entry["lasts"] + 1) * DAY)
        end_trials(over)
        read_trials(over)
