"""What happened, read from the rows themselves: slow, and the truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from pesue.content.models import Item
from pesue.measurement.tally import Act
from pesue.people.models import Member, Team
from pesue.sharing.channels.base import Way
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS, VISITS

POSTED = (Share.State.SHARED, Share.State.DELETED)
CHUNK = 5000


@dataclass(frozen=True)
class Happened(Act):
    """An act, its day, and what it was about."""

    day: date
    item: int
    channel: str


def happened(begins: date, ends: date) -> Iterator[Happened]:
    """The acts of the days from `begins` until before `ends`, in no order."""
    yield from _posts(begins, ends)
    yield from _visits(begins, ends)


def midnight(day: date) -> datetime:
    """When the day begins by the organisation's clock."""
    return datetime.combine(day, time(), get_default_timezone())


def _posts(begins: date, ends: date) -> Iterator[Happened]:
    rows = (
        Share.objects.filter(
            state__in=POSTED,
            shared_at__gte=midnight(begins),
            shared_at__lt=midnight(ends),
        )
        .annotate(day=TruncDate("shared_at", tzinfo=get_default_timezone()))
        .values_list("member_id", "day", "item_id", "channel", "way")
        .annotate(number=Count("pk"))
        .order_by()
    )
    for member, day, item, channel, way, number in rows.iterator(CHUNK):
        by = PUBLISHED if way == Way.API else CONFIRMED
        yield Happened(member, {by.name: number, TELLERS.name: 1}, day, item, channel)


def _visits(begins: date, ends: date) -> Iterator[Happened]:
    rows = (
        LinkDay.objects.filter(day__gte=begins, day__lt=ends, hits__gt=0)
        .values_list(
            "link__share__member_id",
            "day",
            "link__share__item_id",
            "link__share__channel",
        )
        .annotate(readers=Sum("people"), visits=Sum("hits"))
        .order_by()
    )
    for member, day, item, channel, readers, visits in rows.iterator(CHUNK):
        numbers = {READERS.name: readers, VISITS.name: visits}
        yield Happened(member, numbers, day, item, channel)


def first_day() -> date | None:
    """The first day on which anything happened."""
    post = Share.objects.filter(state__in=POSTED).aggregate(at=Min("shared_at"))["at"]
    visit = LinkDay.objects.aggregate(day=Min("day"))["day"]
    posted = post.astimezone(get_default_timezone()).date() if post else None
    return min(filter(None, (posted, visit)), default=None)


def topics() -> dict[int, int]:
    """Each item's topic of account: the oldest of its topics."""
    through = Item.topics.through.objects.order_by()
    return dict(through.values_list("item_id").annotate(topic=Min("topic_id")))


def teams() -> dict[int, int]:
    """Each member's team; those without one are left out."""
    rows = Member.objects.filter(team__isnull=False)
    return dict(rows.values_list("pk", "team_id"))


def teams_above() -> dict[int, int | None]:
    """Each team's parent; None for those at the top."""
    return dict(Team.objects.values_list("pk", "parent_id"))


def days_stored_since(at: datetime, *, before: date) -> set[date]:
    """The days before `before` of which a row was stored or changed after `at`."""
    days = LinkDay.objects.filter(changed_at__gt=at, day__lt=before)
    # A post that is deleted is counted as before: were its month counted anew, by the
    # teams of today, whoever moved somebody between two counts would learn their part.
    posts = Share.objects.filter(
        state=Share.State.SHARED, state_since__gt=at, shared_at__lt=midnight(before)
    ).values_list("shared_at", flat=True)
    zone = get_default_timezone()
    return {
        *days.order_by().values_list("day", flat=True).distinct(),
        *(post.astimezone(zone).date() for post in posts if post),
    }
