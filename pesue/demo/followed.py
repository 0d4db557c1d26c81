"""What colleagues saw on Today in a month that is over: so there is something to count.

Whom the lot would have shown whom is not drawn anew: the rows are those that it leaves.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate, make_aware

from pesue.content.models import Item
from pesue.demo import deeds
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.example.actions import examples
from pesue.example.models import Seen, Showcase, Tie
from pesue.example.steps import TWO_WEEKS
from pesue.people.models import Member
from pesue.sharing.models import Share

DAY = timedelta(days=1)
READERS = 70  # of the leader's words, and as many of others'
LOOKED = range(4, 13)  # days of the month


def look(house: House, chance: Random, *, began: datetime, now: datetime) -> None:
    """She told something, and colleagues saw it and others' on Today. A company that
    was not here a month ago has nothing to count yet."""
    month = _last_counted(localdate(now))
    entry = read("led")["example"]
    if month < localdate(began) or not _tell(house, entry, month):
        return
    others = [one for one in house.people if one != house.leader]
    readers = chance.sample(others, k=min(len(others), READERS))
    shown = Showcase.objects.filter(state=Showcase.State.AGREED, share__isnull=False)
    known = list(shown.select_related("author", "share").order_by("pk"))
    hers = [one for one in known if one.author == house.leader][-1]
    seen = [_seen(one, hers, month, chance.choice(LOOKED)) for one in readers]
    for reader in chance.sample(others, k=min(len(others), READERS)):
        far = [one for one in known if one.author not in (reader, house.leader)]
        if far:
            seen.append(_seen(reader, chance.choice(far), month, LOOKED[-1] + 1))
    Seen.objects.bulk_create(seen)


def _last_counted(today: date) -> date:
    """The first day of the last month that is counted by today."""
    first = today.replace(day=1)
    while first + TWO_WEEKS >= today:
        first = (first - DAY).replace(day=1)
    return (first - DAY).replace(day=1)


def _tell(house: House, entry: dict[str, Any], month: date) -> Share | None:
    """Her words in the first days of the month, which she lets colleagues see."""
    noon = datetime(month.year, month.month, 1 + entry["days_in"], 12)
    at = make_aware(noon)
    item = Item.objects.filter(title=entry["item"], ready_at__lt=at).first()
    if item is None or Share.objects.filter(member=house.leader, item=item).exists():
        return None
    words = deeds.Words(entry["text"].strip(), "fi", entry["channel"])
    share = deeds.write(house.leader, item, words, now=at)
    deeds.hand_over(share, now=at + timedelta(minutes=4))
    deeds.confirm(share, now=at + timedelta(minutes=6))
    examples.offer(share, house.leader, now=at + timedelta(hours=1))
    return share


def _seen(reader: Member, showcase: Showcase, month: date, day: int) -> Seen:
    author = showcase.author
    tie = Tie.NEAR if author.team_id == reader.team_id else Tie.FAR
    if author.leader:
        tie = Tie.LEADER
    return Seen(member=reader, day=month.replace(day=day), showcase=showcase, tie=tie)
