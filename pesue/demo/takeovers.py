"""Who tells from the company's channels in these weeks: one agreed, one wished for."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.example.actions import takeovers
from pesue.example.actions.takeovers import Plan
from pesue.example.models import Takeover


def take_over(house: House, *, now: datetime) -> None:
    """By the real actions: the advocate was offered one and said yes; another asks."""
    told = read("takeovers")
    known = (house.advocate, house.lead, house.leader)
    others = [one for one in house.people if one.team and one not in known]
    for entry in told["takeover"]:
        starts = localdate(now) + timedelta(days=entry["days_ahead"])
        plan = Plan(
            channel=entry["channel"],
            account=entry["account"],
            starts=starts,
            ends=starts + timedelta(days=entry["days"] - 1),
            says=entry["says"],
            leaves=entry["leaves"],
            way=Takeover.Way.FILES,
            keeper=house.lead,
            helped=entry["helped"],
        )
        if entry["by"] == "advocate":
            made = takeovers.offer(house.advocate, plan, by=house.lead, now=now)
            takeovers.accept(made, now=now)
        elif others:
            takeovers.ask(others[0], plan, now=now)
