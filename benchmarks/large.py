"""A large organisation in a throw-away database, written in bulk.

Used by the benchmarks alone: rows are inserted past the actions, so they are as
many as asked for, and no more than plausible.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models

from pesue.content.models import Item
from pesue.guidance.models import Topic
from pesue.people.models import Grant, Member, Organisation, Team
from pesue.sharing.models import Link, LinkDay, Share

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def bulk(rows: Any, kind: type[models.Model], size: int = 5000) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        kind._default_manager.bulk_create(batch)


def fill(members: int = 100_000, shares: int = 1_000_000, items: int = 5_000) -> None:
    """Make `members` in 200 teams, `items` and `shares` with links and their days."""
    chance = random.Random(1)
    Organisation.objects.create(pk=1, name="Suuri Oy")
    root = Team.objects.create(name="Suuri")
    teams = [Team.objects.create(name=f"Tiimi {n}", parent=root) for n in range(200)]
    topics = [Topic.objects.create(name=f"Aihe {n}") for n in range(12)]
    bulk(
        (
            Member(
                name=f"Jäsen {n}",
                email=f"m{n}@example.org",
                team=teams[n % 200],
                state="active",
                state_since=NOW,
                joined_at=NOW,
            )
            for n in range(members)
        ),
        Member,
    )
    first = Member.objects.order_by("pk").values_list("pk", flat=True)[0]
    bulk(
        (
            Item(
                title=f"Uutinen {n} yövuorosta",
                summary="Mitä tapahtui ja miksi se kannattaa kertoa.",
                url=f"https://example.org/{n}",
                state="ready",
                state_since=NOW - timedelta(hours=n),
                added_at=NOW - timedelta(hours=n),
                ready_at=NOW - timedelta(hours=n),
            )
            for n in range(items)
        ),
        Item,
    )
    item_ids = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    through = Item.topics.through
    bulk(
        (through(item_id=pk, topic_id=chance.choice(topics).pk) for pk in item_ids),
        through,
    )
    bulk(
        (a_share(n, chance, first + n % members, item_ids) for n in range(shares)),
        Share,
    )
    first_share = Share.objects.order_by("pk").values_list("pk", flat=True)[0]
    bulk(
        (
            Link(
                share_id=first_share + n,
                slug=f"s{n}",
                target="https://example.org/",
                created_at=NOW,
                changed_at=NOW,
            )
            for n in range(shares)
        ),
        Link,
    )
    first_link = Link.objects.order_by("pk").values_list("pk", flat=True)[0]
    bulk(
        (
            LinkDay(
                link_id=first_link + n,
                day=(NOW - timedelta(days=n % 84)).date(),
                people=chance.randrange(1, 15),
                hits=chance.randrange(15, 20),
                robots=chance.randrange(10),
                changed_at=NOW,
            )
            for n in range(shares)
        ),
        LinkDay,
    )
    Grant.objects.create(member_id=first, role=Grant.Role.LEAD)
    analyse()


def a_share(n: int, chance: random.Random, member: int, items: list[int]) -> Share:
    at = NOW - timedelta(days=n % 84, minutes=n % 1440)
    return Share(
        member_id=member,
        item_id=chance.choice(items),
        channel=chance.choice(["linkedin", "mastodon", "bluesky", "facebook"]),
        way="intent",
        key=f"{n:013}",
        text="Olen ylpeä tästä.",
        language="fi",
        state="shared",
        state_since=at,
        drafted_at=at,
        shared_at=at,
    )


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
