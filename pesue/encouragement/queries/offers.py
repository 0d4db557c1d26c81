"""What can be asked about the week's step, of one and of many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item
from pesue.encouragement.ladder import REMEMBERED, Done, Earlier, monday
from pesue.encouragement.levers import WEEK_STEP
from pesue.encouragement.matching import Card, Post, Reader, Shelf
from pesue.encouragement.models import Offer, Thanks
from pesue.encouragement.queries.deeds import deeds, deeds_of
from pesue.encouragement.rungs import RUNGS, WEIGHTS
from pesue.foundation.days import midnight
from pesue.guidance.models import Topic
from pesue.guidance.queries.concepts import running
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.trials.queries import held, without

FRESH = timedelta(days=45)  # how old an item may be and still be offered
CARDS = 300  # the newest of those
NEW = timedelta(days=30)  # for how long one has just come


def week_of(now: datetime) -> date:
    """The week it is, by its Monday, on the clock of the house."""
    return monday(localdate(now))


def offer_of(member: Member, week: date) -> Offer | None:
    rows = Offer.objects.filter(member=member, week=week)
    return rows.select_related("item__picture", "share__item", "colleague").first()


def is_offered(item: Item, day: date) -> bool:
    """Whether an item that was offered may still be told that day."""
    valid = item.valid_until is None or item.valid_until >= day
    return item.state == Item.State.READY and valid


def is_done(offer: Offer) -> bool:
    """Whether it was done, or something as good; by what rows tell, for its week."""
    if offer.answered == Offer.Answered.DONE:
        return True
    ends = offer.week + timedelta(days=7)
    done = deeds_of(offer.member, since=midnight(offer.week))
    return any(WEIGHTS[one.deed] >= offer.rung and one.on < ends for one in done)


def shelf(posts: Sequence[Post], *, now: datetime, team: int | None = None) -> Shelf:
    """All there is to offer this week, newcomers of all teams or of `team` alone.

    Four queries.
    """
    newcomers: dict[int, list[int]] = defaultdict(list)
    today = localdate(now)
    new = Member.objects.filter(
        Q(paused_until=None) | Q(paused_until__lte=today),
        state=Member.State.ACTIVE,
        joined_at__gt=now - NEW,
        team__isnull=False,
    )
    if team is not None:
        new = new.filter(team=team)
    for team, pk in new.order_by("pk").values_list("team_id", "pk").iterator():
        newcomers[team].append(pk)
    return Shelf(_cards(now), posts, newcomers)


def _cards(now: datetime) -> list[Card]:
    """Items that may be offered now, the newest. A few wait some days, by lot."""
    today = localdate(now)
    waiting = held(HOLD_OUT.key, today=today).filter(unit=OuterRef("pk"))
    items = Item.objects.filter(
        ~Exists(waiting),
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        state=Item.State.READY,
        ready_at__gt=now - FRESH,
    )
    ours = Exists(running(today=today).filter(pk=OuterRef("concept")))
    rows = items.annotate(ours=ours).order_by("-ready_at", "-pk")
    found = list(rows.values_list("pk", "language", "ready_at", "ours")[:CARDS])
    ids = [pk for pk, *_rest in found]
    topics = _sets(Item.topics.through.objects, "item_id", "topic_id", item__in=ids)
    teams = _sets(Item.audience.through.objects, "item_id", "team_id", item__in=ids)
    return [
        Card(pk, language, at, topics[pk], teams[pk], ours)
        for pk, language, at, ours in found
        if at is not None  # the database says so already
    ]


def _sets(
    rows: Any, key: str, value: str, **where: Any
) -> "defaultdict[int, frozenset[int]]":
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in rows.filter(**where).order_by().values_list(key, value):
        found[one].add(other)
    kept = {one: frozenset(others) for one, others in found.items()}
    return defaultdict(frozenset, kept)


@dataclass(frozen=True)
class Past:
    """What is known of some members, by id: what decides their next step."""

    done: Mapping[int, list[Done]]
    offers: Mapping[int, list[Earlier]]  # newest first
    told: Mapping[int, frozenset[int]]  # items
    thanked: Mapping[int, frozenset[int]]  # shares
    topics: Mapping[int, frozenset[int]]
    flat: frozenset[int] | set[int] = field(default_factory=frozenset)
    """Those whom the fitted step has not come to: theirs is to read."""


def members_after(after: int, many: int) -> "QuerySet[Any, Any]":
    """The next active ones by id: what `people` says of each."""
    here = Member.objects.filter(state=Member.State.ACTIVE, pk__gt=after)
    return people(here).order_by("pk")[:many]


def people(members: "QuerySet[Member]") -> "QuerySet[Any, Any]":
    out = Share.objects.filter(member=OuterRef("pk"), state=Share.State.SHARED)
    columns = ("pk", "team_id", "team__path", "language", "part", "paused_until")
    return members.annotate(posted=Exists(out)).values_list(*columns, "posted")


def reader(row: Any, topics: Mapping[int, frozenset[int]]) -> Reader:
    pk, team, path, language, *_rest = row
    above = tuple(int(part) for part in (path or "").split("/") if part)
    return Reader(pk, team or 0, above, language, topics[pk])


def past(rows: Sequence[Any], shelf: Shelf, *, now: datetime) -> Past:
    """What the rows' members did, were offered and follow. Nine queries at most."""
    first, last = rows[0][0], rows[-1][0]
    since = week_of(now) - REMEMBERED
    members = {"member__gte": first, "member__lte": last}
    cards = [card.id for card in shelf.cards]
    posts = [post.id for post in shelf.posts]
    shares, thanks = Share.objects.filter(**members), Thanks.objects
    return Past(
        deeds(first, last, since=midnight(since)),
        _offers(first, last, since),
        _sets(shares, "member_id", "item_id", item__in=cards),
        _sets(
            thanks,
            "giver_id",
            "share_id",
            giver__gte=first,
            giver__lte=last,
            share__in=posts,
        ),
        _sets(Topic.followers.through.objects, "member_id", "topic_id", **members),
        without(WEEK_STEP.key, [(row[0], row[1]) for row in rows], now),
    )


def _offers(first: int, last: int, since: date) -> dict[int, list[Earlier]]:
    found: dict[int, list[Earlier]] = defaultdict(list)
    rows = Offer.objects.filter(member__gte=first, member__lte=last, week__gte=since)
    columns = ("member_id", "week", "rung", "answered", "item_id", "share_id")
    for member, week, rung, *rest in rows.order_by("-week").values_list(*columns):
        found[member].append(Earlier(week, RUNGS[rung], *rest))
    return found
