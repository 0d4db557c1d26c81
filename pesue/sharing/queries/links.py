"""What can be asked of links and the people they brought."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet, Sum

from pesue.sharing.clicks.door import Way
from pesue.sharing.models.links import Link, LinkDay

_WAY = ("slug", "pk", "target", "closed_at")


def short_address(link: Link) -> str:
    """The link as people see and type it."""
    return f"{settings.LINK_ADDRESS}/{link.slug}"


def people(share_ids: Iterable[int]) -> dict[int, int]:
    """How many people each share's link brought; shares without any are left out.

    *Estimated*: one person is one address and browser on one day, so two colleagues
    behind one address with the same browser count as one, and a person who
    comes on two days, or by phone and computer, as two.
    """
    rows = LinkDay.objects.filter(link__share_id__in=list(share_ids), people__gt=0)
    return {
        share: total
        for share, total in rows.values_list("link__share_id")
        .annotate(total=Sum("people"))
        .values_list("link__share_id", "total")
    }


def tallies(
    *, since: date | None = None, until: date | None = None
) -> QuerySet[LinkDay]:
    """The tallies of the days from `since` to `until`, both included."""
    rows = LinkDay.objects.all()
    if since is not None:
        rows = rows.filter(day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    return rows


def by_day(
    share_ids: Iterable[int], *, since: date, until: date
) -> list[tuple[date, int, int, int]]:
    """(day, people, hits, robots) of these shares, days without any left out."""
    rows = tallies(since=since, until=until).filter(link__share_id__in=list(share_ids))
    return list(
        rows.values("day")
        .order_by("day")
        .annotate(total=Sum("people"), of_hits=Sum("hits"), of_robots=Sum("robots"))
        .values_list("day", "total", "of_hits", "of_robots")
    )


def way(slug: str) -> Way | None:
    """Where a link leads, for the door."""
    for _, found in _ways(Link.objects.filter(slug=slug)):
        return found
    return None


def newest_ways(most: int) -> Iterator[tuple[str, Way]]:
    """The newest links, oldest of them first: the first to be forgotten."""
    newest = Link.objects.order_by("-pk").values_list("pk", flat=True)[most : most + 1]
    rows = Link.objects.order_by("pk")
    for last in newest:
        rows = rows.filter(pk__gt=last)
    return _ways(rows)


def ways_changed_since(at: datetime) -> Iterator[tuple[str, Way]]:
    return _ways(Link.objects.filter(changed_at__gt=at).order_by("pk"))


def _ways(rows: QuerySet[Link]) -> Iterator[tuple[str, Way]]:
    for slug, pk, target, closed_at in rows.values_list(*_WAY).iterator(2000):
        yield slug, Way(pk, "" if closed_at else target)
