"""Who tells from the company's channels in these weeks: one agreed, one wished for, and
one that is over and was told."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.example.actions import takeovers
from pesue.example.actions.takeovers import Plan
from pesue.example.models import Takeover

DAY = timedelta(days=1)
BEFORE = 7 * DAY  # so long before its first day one was offered


def take_over(house: House, *, now: datetime) -> None:
    """By the real actions: two were offered one and said yes; another asks."""
    known = (house.advocate, house.lead, house.leader)
    others = [one for one in house.people if one.team and one not in known]
    for entry in read("takeovers")["takeover"]:
        plan = _plan(house, entry, now=now)
        if entry["by"] == "advocate":
            made = takeovers.offer(house.advocate, plan, by=house.lead, now=now)
            takeovers.accept(made, now=now)
        elif entry.get("told") and len(others) > 1:
            at = now + entry["days_ahead"] * DAY - BEFORE
            made = takeovers.offer(others[1], plan, by=house.lead, now=at)
            takeovers.accept(made, now=at)
            after = now + (entry["days_ahead"] + entry["days"]) * DAY
            takeovers.note_told(made, entry["told"], now=after)
        elif others:
            takeovers.ask(others[0], plan, now=now)


def _plan(house: House, entry: dict[str, Any], *, now: datetime) -> Plan:
    starts = localdate(now) + entry["days_ahead"] * DAY
    return Plan(
        channel=entry["channel"],
        account=entry["account"],
        starts=starts,
        ends=starts + (entry["days"] - 1) * DAY,
        says=entry["says"],
        leaves=entry["leaves"],
        way=Takeover.Way.FILES,
        keeper=house.lead,
        helped=entry["helped"],
        concept=house.concepts.get(entry.get("concept", "")),
    )
