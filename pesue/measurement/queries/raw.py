"""What happened, read from the rows themselves: slow, and the truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from pesue.measurement.tally import Act
from pesue.people.models import Team
from pesue.sharing.channels.base import Way
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS, VISITS

POSTED = (Share.State.SHARED, Share.State.DELETED)
CHUNK = 5000


@dataclass(frozen=True)
class Happened(Act):
    """An act, its day, what it was about, and where it was counted from the first.

    The team and the topic are those kept with the post: were they today's, whoever
    moved somebody between two counts of a month would learn their part in it.
    """

    day: date
    item: int
    channel: str
    team: int | None
    topic: int | None


def happened(begins: date, ends: date) -> Iterator[Happened]:
    """The acts of the days from `begins` until before `ends`, in no order.

    They are read as they are asked for: a month of them need not fit in memory.
    """
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
        .values_list(
            "way", "member_id", "day", "item_id", "channel", "team_id", "topic_id"
        )
        .annotate(number=Count("pk"))
        .order_by()
    )
    for way, member, *about, number in rows.iterator(CHUNK):
        by = PUBLISHED if way == Way.API else CONFIRMED
        yield Happened(member, {by.name: number, TELLERS.name: 1}, *about)


def _visits(begins: date, ends: date) -> Iterator[Happened]:
    rows = (
        LinkDay.objects.filter(day__gte=begins, day__lt=ends, hits__gt=0)
        .values_list(
            "link__share__member_id",
            "day",
            "link__share__item_id",
            "link__share__channel",
            "link__share__team_id",
            "link__share__topic_id",
        )
        .annotate(readers=Sum("people"), visits=Sum("hits"))
        .order_by()
    )
    for member, *about, readers, visits in rows.iterator(CHUNK):
        yield Happened(member, {READERS.name: readers, VISITS.name: visits}, *about)


def first_day() -> date | None:
    """The first day on which anything happened."""
    post = Share.objects.filter(state__in=POSTED).aggregate(at=Min("shared_at"))["at"]
    visit = LinkDay.objects.aggregate(day=Min("day"))["day"]
    posted = post.astimezone(get_default_timezone()).date() if post else None
    return min(filter(None, (posted, visit)), default=None)


def teams_above() -> dict[int, int | None]:
    """Each team's parent; None for those at the top."""
    return dict(Team.objects.values_list("pk", "parent_id"))


def days_stored_since(at: datetime, *, before: date) -> set[date]:
    """The days before `before` of which a row was stored or changed after `at`."""
    days = LinkDay.objects.filter(changed_at__gt=at, day__lt=before)
    # A post that is deleted is counted as before, so its month need not be anew.
    posts = Share.objects.filter(
        state=Share.State.SHARED, state_since__gt=at, shared_at__lt=midnight(before)
    ).values_list("shared_at", flat=True)
    zone = get_default_timezone()
    return {
        *days.order_by().values_list("day", flat=True).distinct(),
        *(post.astimezone(zone).date() for post in posts.iterator(CHUNK) if post),
    }
