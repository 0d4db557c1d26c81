"""What came of visits, and what the brand's own channels did, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Min, Sum

from pesue.foundation.counts import Count, shown
from pesue.measurement.models import BrandDay, Happened, OutsideFile, Sender
from pesue.measurement.periods import Month
from pesue.measurement.statistics import AFTERWARDS
from pesue.sharing.channels import CHANNELS


@dataclass(frozen=True)
class Channel:
    """What the brand's posts on one channel did in the days that were brought in."""

    name: str
    posts: int
    reach: int | None  # None: not told
    impressions: int | None
    clicks: int | None
    first: date
    last: date


def afterwards(month: Month) -> Mapping[str, int] | None:
    """The month's figures that may be shown, by statistic.

    None where nothing was ever brought in: then it is not known, not nothing.
    """
    figures = shown(AFTERWARDS, grain=Count.Grain.MONTH, begins=month.begins, cut="all")
    found = dict(figures.values_list("statistic", "number"))
    return found if found or Happened.objects.exists() else None


def channels(month: Month) -> list[Channel]:
    """Those of which something of the month was brought in; most clicks first."""
    rows = (
        BrandDay.objects.filter(day__gte=month.begins, day__lt=month.ends)
        .values("channel")
        .annotate(
            all_posts=Sum("posts"),
            all_reach=Sum("reach"),
            all_impressions=Sum("impressions"),
            all_clicks=Sum("clicks"),
            first=Min("day"),
            last=Max("day"),
        )
        .order_by()
    )
    found = [
        Channel(
            name=_name(row["channel"]),
            posts=row["all_posts"],
            reach=row["all_reach"],
            impressions=row["all_impressions"],
            clicks=row["all_clicks"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda of: (-(of.clicks or 0), -of.posts, of.name))


def any_channels() -> bool:
    return BrandDay.objects.exists()


def _name(channel: str) -> str:
    return str(CHANNELS[channel].name) if channel in CHANNELS else channel


def files() -> list[OutsideFile]:
    """What was brought lately, newest first."""
    return list(OutsideFile.objects.select_related("by")[:20])


def senders() -> list[Sender]:
    """Systems that may send numbers, and then those that lately might."""
    living_first = F("ended_at").desc(nulls_first=True)
    return list(Sender.objects.select_related("by").order_by(living_first, "-pk")[:50])
