"""What a month's report is made of. Counts that may be shown, pages, and readings."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Sum
from django.utils.timezone import localdate

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item
from pesue.foundation.counts import Count, shown
from pesue.measurement import models
from pesue.measurement.advice import Advice, Tried
from pesue.measurement.calibrated import Judged, judge
from pesue.measurement.needed import Needed, needed
from pesue.measurement.periods import WEEK, Month
from pesue.measurement.queries import outside, paths, results, waves
from pesue.measurement.queries.evidence import tried
from pesue.measurement.queries.page_visits import covered, daily
from pesue.measurement.report.known import (
    HoldOut,
    Known,
    Money,
    PageVisits,
    Span,
    Week,
)
from pesue.people.models import Organisation
from pesue.sharing.statistics import READERS, TELLERS
from pesue.trials.models import Assignment, Trial

DAY = timedelta(days=1)
WEEKS = 13  # in the line: a quarter of a year
FIRST_DAYS = 7  # of an item, in what a hold-out would take
LATE_ITEMS = 200
HOLD_OUTS = 6


def months(today: date) -> list[Month]:
    """Those that are over and counted, newest first."""
    return [month for month in results.months(today) if month.ends <= today]


def known(month: Month, *, advice: Sequence[Advice] = ()) -> Known:
    """All there is to tell of a month that is over."""
    held = [_held(one, month) for one in _hold_outs()]
    now = next((one for one in held if one.days), None)
    running = list(Trial.objects.filter(state=Trial.State.RUNNING))
    holding = [one for one in running if one.lever == HOLD_OUT.key]
    return Known(
        month=month,
        home=_home(),
        numbers=results.total(month).numbers,
        pages=page_visits(month),
        afterwards=outside.afterwards(month),
        held=now,
        held_before=next((one for one in held if one.over < month.begins), None),
        holding_until=max((one.ends for one in holding), default=None),
        needed=None if now and now.visits else what_it_takes(month),
        tried=[
            one for one in tried(before=month.ends) if one.kind != Trial.Kind.HOLDOUT
        ],
        running=[one.name for one in running],
        money=money(month),
        weeks=_weeks(month),
        spans=_spans(month),
        waves=waves.latest(month),
        paths=paths.kept(month),
        advice=advice,
    )


def _hold_outs() -> list[Tried]:
    """Those of late. What one says of a month is known when it has been read."""
    held = [one for one in tried() if one.lever == HOLD_OUT.key]
    return held[:HOLD_OUTS]


def _home() -> str:
    organisation = Organisation.the()
    return organisation.name if organisation else "Pesue"


def page_visits(month: Month) -> PageVisits | None:
    """To the pages of all items there are; of each site by the source that knows most.

    None where nothing is known of any day.
    """
    known = covered(month.begins, month.ends)
    if not known:
        return None
    keys = Item.objects.exclude(url_key="").values("url_key")
    whole = 0
    for site, of in known.items():
        rows = models.PageVisits.objects.filter(
            source=of.source,
            page__site=site,
            page__key__in=keys,
            day__gte=month.begins,
            day__lt=month.ends,
        )
        whole += rows.aggregate(whole=Sum("visits"))["whole"] or 0
    return PageVisits(whole, len({day for of in known.values() for day in of.days}))


def _held(one: Tried, month: Month) -> HoldOut:
    trial = Trial.objects.get(pk=one.trial)
    first, after = max(trial.begins, month.begins), min(one.over + DAY, month.ends)
    offered = Assignment.objects.filter(
        trial=trial,
        kind=Trial.Unit.ITEM,
        arm__is_control=False,
        starts_on__gte=month.begins,
        starts_on__lt=month.ends,
    )
    judged: Judged | None = None
    if one.measured and one.sound:
        [judged] = judge([one.measured])
    days = max(0, (after - first).days)
    return HoldOut(one.trial, one.name, one.over, judged, offered.count(), days)


def what_it_takes(month: Month) -> Needed | None:
    """From how visits to late items differ, and what our own links brought them."""
    since = month.ends - 2 * 28 * DAY
    items = list(
        Item.objects.filter(
            ready_at__date__gte=since, ready_at__date__lte=month.ends - FIRST_DAYS * DAY
        )
        .exclude(url_key="")
        .order_by("-ready_at")[:LATE_ITEMS]
    )
    seen = daily(items, since, month.ends) if items else {}
    visits = []
    for item in items:
        begun = localdate(item.ready_at)
        told = [seen[item.pk].get(begun + n * DAY) for n in range(FIRST_DAYS)]
        numbers = [number for number in told if number is not None]
        if len(numbers) == FIRST_DAYS:
            visits.append(float(sum(numbers)))
    readers = results.total(month).numbers.get(READERS.name) or 0
    days = (month.ends - month.begins).days
    pace = len(items) / (2 * 28 - FIRST_DAYS)
    by_links = readers / (pace * days) if pace else 0.0
    return needed(visits, by_links=by_links, items_a_day=pace)


def money(month: Month) -> Money | None:
    row = models.MonthCost.objects.filter(begins=month.begins).first()
    if row is None:
        return None
    prices = [float(p) for p in (row.click_low, row.click_high) if p is not None]
    click = (min(prices), max(prices)) if prices else None
    return Money(row.costs, row.get_money_display().partition(" ")[0], click)


def costs_before(month: Month) -> models.MonthCost | None:
    """Of this month, or the last before it: much stays as it was."""
    rows = models.MonthCost.objects.filter(begins__lte=month.begins)
    return rows.order_by("-begins").first()


def opened(month: Month) -> models.OpenReport | None:
    return models.OpenReport.objects.filter(begins=month.begins).first()


def _weeks(month: Month) -> list[Week]:
    first = month.ends - WEEKS * WEEK
    rows = shown(
        [TELLERS], cut="all", grain=Count.Grain.WEEK, begins__gte=first
    ).filter(begins__lt=month.ends)
    numbers = dict(rows.values_list("begins", "number"))
    return [Week(first + n * WEEK, numbers.get(first + n * WEEK)) for n in range(WEEKS)]


def _spans(month: Month) -> list[Span]:
    """The trials in the weeks of the line."""
    rows = Trial.objects.exclude(state=Trial.State.DRAFT).filter(
        begins__lt=month.ends, ends__gte=month.ends - WEEKS * WEEK
    )
    return [
        Span(
            trial.name,
            trial.begins,
            localdate(trial.over_at) if trial.over_at else trial.ends,
        )
        for trial in rows.order_by("begins", "pk")
    ]
