"""A large organisation in a throw-away database, written in bulk.

Used by the benchmarks alone: rows are inserted past the actions, so they are as
many as asked for, and no more than plausible.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models

from pesue.content.models import Item
from pesue.guidance.models import Concept, Topic, Value
from pesue.people.models import Grant, Member, Organisation, Team
from pesue.sharing.models import Link, LinkDay, Share

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHANNELS = ["linkedin", "mastodon", "bluesky", "facebook"]


def fill(members: int = 100_000, shares: int = 1_000_000, items: int = 5_000) -> None:
    """Make `members` in 200 teams, `items` and `shares` with links and their days."""
    chance = random.Random(1)
    Organisation.objects.create(pk=1, name="Suuri Oy")
    root = Team.objects.create(name="Suuri")
    teams = [Team.objects.create(name=f"Tiimi {n}", parent=root) for n in range(200)]
    topics = [Topic.objects.create(name=f"Aihe {n}") for n in range(12)]
    bulk((a_member(n, teams[n % 200]) for n in range(members)), Member)
    concepts = grown(values=8, concepts=40)
    bulk((an_item(n, concepts[n % len(concepts)]) for n in range(items)), Item)
    through: Any = Item.topics.through
    ids = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    bulk((through(item_id=pk, topic=chance.choice(topics)) for pk in ids), through)
    member = first(Member)
    told = list(through.objects.values_list("item_id", "topic_id"))
    bulk(
        (
            a_share(n, chance, member + n % members, teams[n % members % 200], told)
            for n in range(shares)
        ),
        Share,
    )
    share = first(Share)
    bulk((a_link(n, share + n) for n in range(shares)), Link)
    link = first(Link)
    bulk((a_day(n, chance, link + n) for n in range(shares)), LinkDay)
    Grant.objects.create(member_id=member, role=Grant.Role.LEAD)
    analyse()


def analyse() -> None:
    """Let the database know what it holds now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def bulk(rows: Iterator[Any], kind: type[models.Model], size: int = 5000) -> None:
    while batch := list(islice(rows, size)):
        kind._default_manager.bulk_create(batch)


def first(kind: type[models.Model]) -> int:
    """Ids were given in a row, from this one on."""
    found: int = kind._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    return found


def a_member(n: int, team: Team) -> Member:
    return Member(
        name=f"Jäsen {n}",
        email=f"m{n}@example.org",
        team=team,
        state="active",
        state_since=NOW,
        joined_at=NOW,
    )


def grown(values: int, concepts: int) -> list[Concept]:
    """Concepts of last spring to next spring, each on one of the values."""
    named = [Value.objects.create(name=f"Arvo {n}") for n in range(values)]
    made = []
    for n in range(concepts):
        starts = (NOW - timedelta(days=9 * n)).date()
        ends = (NOW + timedelta(days=90)).date()
        concept = Concept.objects.create(name=f"Konsepti {n}", starts=starts, ends=ends)
        concept.values.add(named[n % values])
        made.append(concept)
    return made


def an_item(n: int, concept: Concept) -> Item:
    at = NOW - timedelta(hours=n)
    return Item(
        title=f"Uutinen {n} yövuorosta",
        summary="Mitä tapahtui ja miksi se kannattaa kertoa.",
        concept=concept,
        url=f"https://example.org/{n}",
        state="ready",
        state_since=at,
        added_at=at,
        ready_at=at,
    )


def a_share(
    n: int, chance: random.Random, member: int, team: Team, items: list[tuple[int, int]]
) -> Share:
    """`items` are pairs of an item and its topic."""
    at = NOW - timedelta(days=n % 84, minutes=n % 1440)
    item, topic = chance.choice(items)
    return Share(
        member_id=member,
        team=team,
        item_id=item,
        topic_id=topic,
        channel=chance.choice(CHANNELS),
        way="intent",
        key=f"{n:013}",
        text="Olen ylpeä tästä.",
        language="fi",
        state="shared",
        state_since=at,
        drafted_at=at,
        shared_at=at,
    )


def a_link(n: int, share: int) -> Link:
    return Link(
        share_id=share,
        slug=f"s{n}",
        target="https://example.org/",
        created_at=NOW,
        changed_at=NOW,
    )


def a_day(n: int, chance: random.Random, link: int) -> LinkDay:
    return LinkDay(
        link_id=link,
        day=(NOW - timedelta(days=n % 84)).date(),
        people=chance.randrange(1, 15),
        hits=chance.randrange(15, 20),
        robots=chance.randrange(10),
        changed_at=NOW,
    )
