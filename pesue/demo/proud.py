"""Thanks, honours and letters, by the real actions; and what their receivers show."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.encouragement.actions import honours, letters, shown, thanks
from pesue.people.models import Member


def be_proud(house: House, chance: Random, *, now: datetime) -> None:
    """What came in the last weeks, of the advocate and of others."""
    told = read("proud")
    others = [one for one in house.people if one.team and one != house.advocate]
    drawn = chance.sample(others, k=min(len(others), 2 * len(told["thanks"])))
    for place, entry in enumerate(told["thanks"]):
        receiver = _whom(house, entry, drawn[place])
        givers = [one for one in drawn if one != receiver]
        given = thanks.give(
            givers[place],
            receiver,
            what=entry["what"],
            words=entry["words"],
            proposes=entry["proposes"],
            now=now - timedelta(days=entry["days_ago"], hours=place),
        )
        _show(given, entry, now)
    for place, entry in enumerate(told["honour"]):
        _honour(house, _whom(house, entry, drawn[-place]), entry, now)
    for entry in told["letter"]:
        _letter(house, entry, now)


def _whom(house: House, entry: dict[str, Any], other: Member) -> Member:
    return house.advocate if entry.get("to") == "advocate" else other


def _honour(
    house: House, receiver: Member, entry: dict[str, Any], now: datetime
) -> None:
    """By the lead; a small company has not as many to give, as anywhere."""
    at = now - timedelta(days=entry["days_ago"])
    kind, reason = entry["kind"], entry["reason"]
    try:
        given = honours.honour(
            receiver, by=house.lead, kind=kind, reason=reason, now=at
        )
    except honours.NotHonoured:
        return
    _show(given, entry, now)


def _letter(house: House, entry: dict[str, Any], now: datetime) -> None:
    at = now - timedelta(days=entry["days_ago"])
    team = entry["about"] == "team"
    given = letters.enter(
        words=entry["words"],
        sender=entry["sender"],
        came_on=localdate(at),
        wide=entry["wide"],
        by=house.lead,
        team=house.advocate.team if team else None,
        member=None if team else house.advocate,
        now=at,
    )
    _show(given, entry, now)


def _show(row: shown.Row, entry: dict[str, Any], now: datetime) -> None:
    if entry["shown"]:
        later = timedelta(days=entry["days_ago"]) - timedelta(hours=5)
        shown.show(row, now=now - later)
