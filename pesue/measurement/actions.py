"""Filling the counts."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date

from django.db import transaction

from pesue.foundation.counts import Count, K
from pesue.measurement.periods import Month, days
from pesue.measurement.protection import Node, may_be_shown
from pesue.measurement.queries import raw
from pesue.measurement.queries.raw import Happened
from pesue.measurement.tally import Figure, Figures, Tally, flat, lineage, tree
from pesue.sharing.statistics import STATISTICS, TELLERS

Grain = Count.Grain
COUNTED = [statistic.name for statistic in STATISTICS if statistic.basis != "unknown"]


def fill(month: Month, *, until: date) -> int:
    """Count the month anew from the rows: weeks that ended before `until`.

    A week under way is not counted: its figures would betray, from one look to the
    next, who did what in between. Nor is a month by anything but its weeks, before
    it is over. Returns how many counts there are.
    """
    over = month.ends <= until
    weeks = [week for week in month.weeks() if days(week)[-1] < until]
    ends = days(weeks[-1])[-1] if weeks else month.begins
    acts = [act for act in raw.happened(month.begins, month.ends) if act.day <= ends]
    counts = list(_by_time(month, weeks, acts, over=over)) if weeks else []
    if over:
        counts += _by_cuts(month, acts)
        counts += _by_team(month, acts)
    with transaction.atomic():
        Count.objects.filter(begins__gte=month.begins, begins__lt=month.ends).delete()
        Count.objects.bulk_create(counts, batch_size=2000)
    return len(counts)


def _by_time(
    month: Month, weeks: list[date], acts: list[Happened], *, over: bool
) -> Iterator[Count]:
    """The whole organisation's figures by day and week, and of the month if over.

    A week is shown when it ends, and stays; so it is the month that is hidden if it
    would betray the weeks that are.
    """
    by_day, by_week, whole = _tally(), _tally(), _tally()
    week_of = {day: week for week in weeks for day in days(week)}
    for act in acts:
        by_day.add(act, [act.day])
        by_week.add(act, [week_of[act.day]])
        whole.add(act, [None])
    for name in COUNTED:
        days_of, weeks_of = by_day.figures(name), by_week.figures(name)
        left: set[int] = set()
        for week in weeks:
            figure = weeks_of.get(week, Figure())
            of_week: Figures = {
                day: days_of[day] for day in days(week) if day in days_of
            }
            shown = may_be_shown(flat(of_week), K)
            left |= set() if None in shown else figure.people
            yield _count(name, Grain.WEEK, week, "", figure, shown=None in shown)
            for day in filter(of_week.__contains__, days(week)):
                of_day = of_week[day]
                yield _count(name, Grain.DAY, day, "", of_day, shown=day in shown)
        if over:
            figure = whole.figures(name).get(None, Figure())
            safe = len(figure.people) >= K and not 0 < len(left) < K
            yield _count(name, Grain.MONTH, month.begins, "", figure, shown=safe)


def _by_cuts(month: Month, acts: list[Happened]) -> Iterator[Count]:
    """By item, topic and channel."""
    topics = raw.topics()
    cuts: dict[str, Callable[[Happened], Hashable]] = {
        "item": lambda act: act.item,
        "topic": lambda act: topics.get(act.item),
        "channel": lambda act: act.channel,
    }
    for cut, key_of in cuts.items():
        tally = _tally()
        for act in acts:
            tally.add(act, [key_of(act)])
        for name in COUNTED:
            figures = tally.figures(name)
            yield from _of_cut(name, month, cut, figures, flat(figures))


def _by_team(month: Month, acts: list[Happened]) -> Iterator[Count]:
    """By team, each with all below it. Those without a team are in the total alone."""
    team_of, above = raw.teams(), raw.teams_above()
    with_below, direct = _tally(), _tally()
    for act in acts:
        team = team_of.get(act.member)
        direct.add(act, [team])
        with_below.add(act, lineage(team, above))
    for name in COUNTED:
        there = {
            team: frozenset(figure.people)
            for team, figure in direct.figures(name).items()
        }
        figures = {team: Figure() for team in above} | with_below.figures(name)
        yield from _of_cut(name, month, "team", figures, tree(there, above))


def _of_cut(
    name: str, month: Month, cut: str, figures: Figures, root: Node
) -> Iterator[Count]:
    shown = may_be_shown(root, K)
    for key, figure in figures.items():
        if key is not None:
            yield _count(
                name, Grain.MONTH, month.begins, str(key), figure, cut, key in shown
            )


def _count(
    name: str,
    grain: Grain,
    begins: date,
    key: str,
    figure: Figure,
    cut: str = "all",
    shown: bool = False,
) -> Count:
    return Count(
        statistic=name,
        cut=cut,
        key=key,
        grain=grain,
        begins=begins,
        number=figure.number,
        people=len(figure.people),
        shown=shown,
    )


def _tally() -> Tally:
    return Tally([TELLERS.name])
