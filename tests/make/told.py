"""Posts that are public, and people who followed their links."""

from datetime import date, datetime
from typing import Any

from pesue.sharing.models import Link, LinkDay, Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member
from tests.make.sharing import a_share


def a_told(*, at: datetime = NOON, **fields: Any) -> Share:
    """A post that has been public since `at`, of its author's team of now."""
    member = fields.pop("member", None) or a_member()
    item = fields.pop("item", None) or an_item()
    return a_share(
        member=member,
        item=item,
        **{
            "team": member.team,
            "topic": item.topics.order_by("pk").first(),
            "state": Share.State.SHARED,
            "shared_at": at,
            "state_since": at,
            "drafted_at": at,
            "url": "https://social.example/@ana/1",
            **fields,
        },
    )


def some_readers(
    share: Share,
    people: int = 1,
    *,
    day: date | None = None,
    hits: int | None = None,
    at: datetime = NOON,
) -> LinkDay:
    """`people` followed the share's link on `day` (by default that of `at`)."""
    link, _ = Link.objects.get_or_create(
        share=share,
        defaults={
            "slug": f"s{share.pk}",
            "target": "https://example.org/water",
            "created_at": at,
            "changed_at": at,
        },
    )
    tally, _ = LinkDay.objects.update_or_create(
        link=link,
        day=day or at.date(),
        defaults={"people": people, "hits": hits or people, "changed_at": at},
    )
    return tally
