"""The managing director leads by example, with somebody who prepares for her."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.content.models import Item
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.example.actions import handovers, leaders
from pesue.example.models import LeaderPlan
from pesue.sharing.actions.questions import answer
from pesue.sharing.actions.writing import kept, write
from pesue.sharing.models import Share
from pesue.sharing.queries.questions import sheet
from pesue.sharing.queries.shares import draft_of

HALF_A_YEAR = timedelta(days=180)


def lead(house: House, *, now: datetime) -> None:
    """A rhythm, an assistant, a draft that is prepared, and what was told inside."""
    told, leader = read("led"), house.leader
    house.topics[told["topic"]].owners.add(leader)
    leaders.plan(
        leader,
        every=LeaderPlan.Every.TWO,
        weekday=LeaderPlan.Weekday.TUESDAY,
        inside=["teams", "hall"],
        outside=["linkedin", "mastodon"],
        now=now - timedelta(days=30),
    )
    until = localdate(now) + HALF_A_YEAR
    began = now - timedelta(days=3)
    named = leaders.name(leader, house.lead, until=until, now=began)
    item = Item.objects.filter(title=told["item"]).first()
    draft = _answered(house, item, told["answers"], now=began) if item else None
    if draft:
        handed = handovers.hand(
            draft, named, note=told["note"], voices=False, now=began
        )
        words = told["prepared"].strip()
        handovers.prepare(handed, words, now=now - timedelta(hours=20))
    for entry in told["inside"]:
        leaders.tell_inside(
            leader,
            place=entry["place"],
            topic=house.topics[entry["topic"]],
            item=None,
            text=entry["text"],
            now=now - timedelta(days=entry["days_ago"]),
        )


def _answered(
    house: House, item: Item, answers: list[str], *, now: datetime
) -> Share | None:
    """The three questions, one after the other, for her own network."""
    leader = house.leader
    for number, text in enumerate(answers, start=1):
        draft = draft_of(leader, item)
        asked = sheet(item, leader, draft, number)
        if asked:
            answer(leader, item, draft, asked, text, now=now)
    draft = draft_of(leader, item)
    if draft is None:
        return None
    return write(leader, item, replace(kept(draft), channel="linkedin"), now=now)
