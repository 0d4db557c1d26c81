"""What the company lets own work earn, by the real actions."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.demo.house import House
from pesue.encouragement.actions.budgets import open_budget
from pesue.encouragement.actions.rules import Terms, put_in_force
from pesue.encouragement.own_work import ANSWER, STORY
from pesue.encouragement.steps import earn

LONG = timedelta(days=180)
MIX = {STORY.fact: (50, 150), ANSWER.fact: (10, 30)}  # points for one, and a month


def reward(house: House, *, began: datetime, now: datetime) -> None:
    """A budget of half a year and two rules since the first day, and what they paid."""
    before, first = began - timedelta(days=1), localdate(began)
    budget = open_budget(
        "Omat tarinat",
        owner=house.lead,
        unit="point",
        amount=5000,
        begins=first,
        ends=first + LONG,
        now=before,
    )
    for fact, (amount, cap) in MIX.items():
        terms = Terms(amount, cap, budget, starts_on=first)
        put_in_force(fact, terms, now=before, by=house.lead)
    earn(now)
