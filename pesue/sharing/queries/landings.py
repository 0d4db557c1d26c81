"""How many people read the stories that we show, by whatever way they came."""

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pesue.content.models import Item, Story
from pesue.sharing.actions.visits import ASKED_AT_ONCE
from pesue.sharing.clicks.visitors import day_of
from pesue.sharing.models import LandingDay, LandingsKnown

DAY = timedelta(days=1)


def known_days() -> tuple[date, date] | None:
    """The first whole day of which all is stored, and the day after the last."""
    known = LandingsKnown.objects.filter(pk=1).first()
    if known is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    return day_of(known.since, zone) + DAY, day_of(known.until, zone)


def landed(
    items: Iterable[Item], since: date, until: date
) -> dict[int, dict[date, int | None]]:
    """By item and day, from `since` until before `until`, the people on its page.

    *Estimated*, as `links.people` is; robots left out. Only items that are a story on
    our own pages are in it. 0: nobody came. None: the day is not known whole, because
    we did not count yet, or it is not over.
    """
    asked = sorted({item.pk for item in items if item.url_key})
    known = known_days()
    days = [since + n * DAY for n in range((until - since).days)]
    found: dict[int, dict[date, int | None]] = {}
    for start in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[start : start + ASKED_AT_ONCE]
        shown = Story.objects.filter(
            item__in=some, state=Story.State.ACCEPTED, public=True
        ).values_list("item_id", flat=True)
        for item in shown:
            found[item] = {day: 0 if _is_known(day, known) else None for day in days}
        rows = LandingDay.objects.filter(
            item__in=list(found), day__gte=since, day__lt=until
        )
        for item, day, people in rows.values_list("item_id", "day", "people"):
            if found[item][day] is not None:
                found[item][day] = people
    return found


def _is_known(day: date, known: tuple[date, date] | None) -> bool:
    return known is not None and known[0] <= day < known[1]
