"""How often everybody visited the pages of items, as sources outside tell it; of the
stories that we show ourselves, as our own log does.

Sources count different things - visits, views - so they are never added up, nor is
one continued with another: of each site the source is read that covers most days.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from pesue.content.models import Item
from pesue.measurement.models import CoveredDay, PageVisits
from pesue.measurement.outside.addresses import site_of
from pesue.sharing.queries.landings import landed

SOME = 500
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Covered:
    """A site's days of which a source has told, and how well it knew them."""

    source: str  # "matomo/visits": the program, and what it counts
    days: dict[date, bool]  # whether a page that is not in it had no visits
    at: dict[date, datetime]  # when it was kept


def covered(since: date, until: date) -> dict[str, Covered]:
    """By site, the days from `since` until before `until` that are known.

    A site is a host without www.
    """
    found: dict[str, dict[str, Covered]] = defaultdict(dict)
    rows = CoveredDay.objects.filter(day__gte=since, day__lt=until)
    for row in rows.order_by("day").iterator(5000):
        of = found[row.site].setdefault(row.source, Covered(row.source, {}, {}))
        of.days[row.day] = row.whole
        of.at[row.day] = row.at
    return {
        site: max(sources.values(), key=lambda of: (len(of.days), of.source))
        for site, sources in found.items()
    }


def daily(
    items: Iterable[Item], since: date, until: date
) -> dict[int, dict[date, int | None]]:
    """By item and day, from `since` until before `until`, all visits to its page.

    0: the day is known, and nobody came. None: it is not known; so it is for items
    without a page. Of stories that Pesue itself shows, people by our own log.
    """
    items = list(items)
    known = covered(since, until)
    seen = _seen(items, known, since, until)
    days = [since + n * DAY for n in range((until - since).days)]
    found = landed(items, since, until)
    for item in items:
        if item.pk in found:
            continue
        of = known.get(site_of(item.url)) if item.url_key else None
        found[item.pk] = {
            day: _on(day, item, of, seen.get((item.url_key, of.source), {}))
            if of
            else None
            for day in days
        }
    return found


def _on(day: date, item: Item, of: Covered, seen: dict[date, int]) -> int | None:
    if day in seen:
        return seen[day]
    # Of an address with a query string that was not ours yet the query was left out.
    told_apart = not urlsplit(item.url).query or (
        day in of.at and item.added_at <= of.at[day]
    )
    return 0 if of.days.get(day, False) and told_apart else None


def _seen(
    items: list[Item], known: dict[str, Covered], since: date, until: date
) -> dict[tuple[str, str], dict[date, int]]:
    """By the page's key and the source."""
    keys = iter(
        sorted({item.url_key for item in items if site_of(item.url) in known} - {""})
    )
    found: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    while some := list(islice(keys, SOME)):
        rows = PageVisits.objects.filter(
            page__key__in=some, day__gte=since, day__lt=until
        ).values_list("page__key", "source", "day", "visits")
        for key, source, day, number in rows.iterator(5000):
            found[key, source][day] = number
    return found
