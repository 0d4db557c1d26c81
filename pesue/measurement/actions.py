"""Filling the counts."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from pesue.foundation.counts import Count, K
from pesue.measurement.periods import Month, days
from pesue.measurement.protection import Node, may_be_shown
from pesue.measurement.queries import raw
from pesue.measurement.queries.raw import Happened
from pesue.measurement.tally import Figure, Tally, lineage, tree
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
        told = {c.statistic for c in counts if c.shown and c.grain == Grain.MONTH}
        for above, key_of in (_stories(acts), _channels(acts), _teams()):
            counts += _by_place(month, acts, above, key_of, told)
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
    week_of = {day: week for week in weeks for day in days(week)}
    by_day, by_week, whole = _tally(), _tally(), _tally()
    for act in acts:
        by_day.add(act, [act.day])
        by_week.add(act, [week_of[act.day]])
        whole.add(act, [None])
    for name in COUNTED:
        days_of, weeks_of = by_day.figures(name), by_week.figures(name)
        left: set[int] = set()
        for week in weeks:
            acted = [day for day in days(week) if day in days_of]
            parts = (Node(day, frozenset(days_of[day].people)) for day in acted)
            shown = may_be_shown(Node(None, parts=tuple(parts)), K)
            figure = weeks_of.get(week, Figure())
            left |= set() if None in shown else figure.people
            yield _count(name, Grain.WEEK, week, figure, shown=None in shown)
            for day in acted:
                yield _count(name, Grain.DAY, day, days_of[day], shown=day in shown)
        if over:
            figure = whole.figures(name).get(None, Figure())
            safe = len(figure.people) >= K and not 0 < len(left) < K
            yield _count(name, Grain.MONTH, month.begins, figure, shown=safe)


Place = tuple[str, int | str]  # a cut, and a key in it
Tree = dict[Place, Place | None]
Places = tuple[Tree, Callable[[Happened], Place | None]]
"""A tree of places, and where in it an act belongs."""


def _stories(acts: list[Happened]) -> Places:
    """Topics and their items are one tree: a topic less an item is the others."""
    topics = raw.topics()
    above: Tree = {}
    for item in {act.item for act in acts}:
        topic = topics.get(item)
        above["item", item] = None if topic is None else ("topic", topic)
        if topic is not None:
            above["topic", topic] = None
    return above, lambda act: ("item", act.item)


def _channels(acts: list[Happened]) -> Places:
    above: Tree = {("channel", act.channel): None for act in acts}
    return above, lambda act: ("channel", act.channel)


def _teams() -> Places:
    """Those without a team are in the total alone."""
    team_of = raw.teams()
    above: Tree = {
        ("team", team): None if parent is None else ("team", parent)
        for team, parent in raw.teams_above().items()
    }
    return (
        above,
        lambda act: ("team", team_of[act.member]) if act.member in team_of else None,
    )


def _by_place(
    month: Month,
    acts: list[Happened],
    above: Tree,
    key_of: Callable[[Happened], Place | None],
    told: set[str],
) -> Iterator[Count]:
    """Each place's figures, with all below it. `told`: whose total is shown."""
    direct, whole = _tally(), _tally()
    for act in acts:
        key = key_of(act)
        direct.add(act, [key])
        line: list[Place] = list(lineage(key, above))
        whole.add(act, line)
    for name in COUNTED:
        there = {
            key: frozenset(figure.people)
            for key, figure in direct.figures(name).items()
        }
        shown = may_be_shown(tree(there, above), K, root_too=name in told)
        figures = whole.figures(name)
        for place in above:
            figure = figures.get(place, Figure())
            yield _count(name, Grain.MONTH, month.begins, figure, place, place in shown)


def _count(
    name: str,
    grain: Grain,
    begins: date,
    figure: Figure,
    place: Place = ("all", ""),
    shown: bool = False,
) -> Count:
    cut, key = place
    return Count(
        statistic=name,
        cut=cut,
        key=str(key),
        grain=grain,
        begins=begins,
        number=figure.number,
        people=len(figure.people),
        shown=shown,
    )


def _tally() -> Tally:
    return Tally([TELLERS.name])
