"""Months of life: many members, their posts and readers."""

from datetime import datetime, timedelta

from pesue.content.models import Item
from pesue.people.models import Member, Team
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told, some_readers


def tellers(
    n: int,
    *,
    team: Team | None = None,
    item: Item | None = None,
    at: datetime = NOON,
    readers: int = 3,
    posts: int = 1,
    **fields: object,
) -> list[Member]:
    """`n` members of `team`, each with `posts` posts at `at`, each with readers."""
    members = [a_member(f"Teller {n}", team=team) for n in range(n)]
    for member in members:
        for post in range(posts):
            when = at + timedelta(minutes=post)
            share = a_told(
                at=when, member=member, **({"item": item} if item else {}), **fields
            )
            if readers:
                some_readers(share, readers, at=when)
    return members
