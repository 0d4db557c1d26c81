"""What the company gives for own work, asked for and given by the real actions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from pesue.content.actions import stories
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.encouragement import tax
from pesue.encouragement.actions import budgets, redemptions
from pesue.encouragement.actions import rewards as catalogue
from pesue.encouragement.models import Budget, Purse, Reward
from pesue.encouragement.queries.rewards import house_rules
from pesue.encouragement.steps import earn
from pesue.people.models import Member

DAY = timedelta(days=1)
AGO = timedelta(days=75)


def reward(house: House, *, now: datetime) -> None:
    """A catalogue, and money for it; some points have become something."""
    told = read("rewards")
    began = now - AGO
    for entry in told["story"]:
        _story(house, entry, now=now)
    earn(now)
    money = _budget(house, told["money"], began)
    law = house_rules(localdate(now))
    offered = [_reward(house, entry, money, law) for entry in told["reward"]]
    _claims(house, offered, now=now)


def _story(house: House, told: dict[str, Any], *, now: datetime) -> None:
    """Written, and accepted by the lead the day after."""
    author = house.people[told["by"] % len(house.people)]
    at = now - told["days_ago"] * DAY
    story = stories.begin_story(author, title=told["title"], now=at)
    words = stories.Words(story.title, told["text"], "fi", False, {}, "")
    stories.save_story(story, words, edition=story.edition)
    stories.send(story, now=at)
    stories.accept_story(story, by=house.lead, now=at + DAY)


def _budget(house: House, told: dict[str, Any], began: datetime) -> Budget:
    return budgets.open_budget(
        told["name"],
        owner=house.lead,
        unit="EUR",
        amount=told["amount"],
        begins=localdate(began),
        ends=localdate(began) + timedelta(days=180),
        now=began,
    )


def _reward(
    house: House, told: dict[str, Any], money: Budget, law: tax.Rules
) -> Reward:
    paid = {"budget": money} if told.get("budget") else {}
    fields = {name: value for name, value in told.items() if name != "budget"}
    made = Reward(**fields, **paid, tax_class=law.usual(told["kind"]))
    return catalogue.save(made, stock_was=None, by=house.lead)


def _claims(house: House, offered: list[Reward], *, now: datetime) -> None:
    """Those with points ask, in turn, for what they can; most were given last week."""
    purses = Purse.objects.filter(kind=Purse.Kind.POINTS, balance__gt=0)
    people = Member.objects.filter(
        purses__in=purses, state=Member.State.ACTIVE, team__isnull=False
    ).exclude(pk__in=[house.lead.pk, house.advocate.pk])
    for place, member in enumerate(people.order_by("pk")[:12]):
        has = member.purses.get(kind=Purse.Kind.POINTS).balance
        can = [one for one in offered if one.points <= has]
        if not can:
            continue
        at = now - (14 - place) * DAY
        chosen = can[place % len(can)]
        claim = redemptions.ask(
            member, chosen, price=chosen.points, once=f"demo-{place}", now=at
        )
        if place % 4 != 3:
            redemptions.approve(claim, by=house.lead, now=at + DAY / 4)
            redemptions.give(claim, by=house.lead, now=at + DAY / 2)
