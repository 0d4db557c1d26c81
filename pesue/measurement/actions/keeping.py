"""Putting what a file said where it is read from, day by day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from pesue.measurement.models import (
    BrandDay,
    CoveredDay,
    Happened,
    PageVisits,
    VisitedPage,
)
from pesue.measurement.outside.addresses import site_of
from pesue.measurement.outside.found import Found
from pesue.measurement.outside.sums import Kept
from pesue.sharing.models import Link

SOME = 500
T = TypeVar("T")


def visits(sums: Kept, found: Found, now: datetime) -> None:
    """Each day of the file takes the place of the same source's day of its site."""
    for pages in _some(sums.texts()):
        VisitedPage.objects.bulk_create(
            [
                VisitedPage(key=key, address=address, site=site_of(address))
                for key, address in pages
            ],
            ignore_conflicts=True,
        )
    for day in found.every_day:
        sites = [site for site, days in found.days.items() if day in days]
        with transaction.atomic():
            _one_day(sums, found, day, sites, now)


def _one_day(
    sums: Kept, found: Found, day: date, sites: list[str], now: datetime
) -> None:
    known = PageVisits.objects.filter(source=found.source, day=day)
    covered = CoveredDay.objects.filter(source=found.source, day=day)
    for some in _some(sites):
        known.filter(page__site__in=some).delete()
        covered.filter(site__in=some).delete()
    for rows in _some(sums.of(day)):
        numbers = {key: seen[0] or 0 for key, seen in rows}
        pages = VisitedPage.objects.filter(key__in=numbers).values_list("pk", "key")
        PageVisits.objects.bulk_create(
            PageVisits(source=found.source, page_id=page, day=day, visits=numbers[key])
            for page, key in pages
        )
    whole = day not in found.partly
    CoveredDay.objects.bulk_create(
        [
            CoveredDay(source=found.source, site=site, day=day, whole=whole, at=now)
            for site in sites
        ],
        batch_size=SOME,
    )


def afterwards(sums: Kept, found: Found, now: datetime) -> None:
    """Each kind, day and link of the file takes the place of what was there."""
    for rows in _some(sums.all()):
        slugs = {name.partition(" ")[2] for _day, name, _numbers in rows}
        links = dict(Link.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        made = []
        for day, name, numbers in rows:
            kind, _, slug = name.partition(" ")
            if slug in links:  # it may have been erased since
                made.append(
                    Happened(
                        kind=kind,
                        day=day,
                        link_id=links[slug],
                        number=numbers[0] or 0,
                        changed_at=now,
                    )
                )
        Happened.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["link", "day", "kind"],
            update_fields=["number", "changed_at"],
        )


def channels(sums: Kept, found: Found, now: datetime) -> None:
    """Each channel and day of the file takes the place of what was there."""
    for rows in _some(sums.all()):
        BrandDay.objects.bulk_create(
            [
                BrandDay(
                    channel=channel,
                    day=day,
                    posts=numbers[0] or 0,
                    reach=numbers[1],
                    impressions=numbers[2],
                    clicks=numbers[3],
                )
                for day, channel, numbers in rows
            ],
            update_conflicts=True,
            unique_fields=["day", "channel"],
            update_fields=["posts", "reach", "impressions", "clicks"],
        )


def _some(rows: Iterable[T]) -> Iterator[list[T]]:
    them = iter(rows)
    while some := list(islice(them, SOME)):
        yield some
