"""Filling the counts."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from pesue.foundation.counts import Count, K
from pesue.measurement.periods import WEEK, Month, days
from pesue.measurement.queries import raw
from pesue.measurement.queries.raw import Happened
from pesue.measurement.tally import Figure, Figures, Tally, total, tree, with_below
from pesue.sharing.statistics import STATISTICS, TELLERS
from pesue.stats.protection import Node, may_be_shown

Grain = Count.Grain
COUNTED = [statistic.name for statistic in STATISTICS if statistic.basis != "unknown"]


def fill(month: Month, *, until: date) -> int:
    """Count the month anew from the rows: weeks that ended before `until`.

    A week under way is not counted: its figures would betray, from one look to the
    next, who did what in between. Nor is a month by anything but its weeks, before
    it is over. Returns how many counts there are.
    """
    over = month.ends <= until
    weeks = [week for week in month.weeks() if week + WEEK <= until]
    by_day, by_place = _tallied(
        raw.happened(month.begins, month.begins + len(weeks) * WEEK)
    )
    counts: list[Count] = []
    for name in COUNTED if weeks else []:
        *of_time, whole = _by_time(month, weeks, name, by_day.figures(name))
        counts += [*of_time, whole] if over else of_time
        for tally, above in by_place if over else []:
            counts += _by_place(month, name, tally.figures(name), above, whole.shown)
    with transaction.atomic():
        Count.objects.filter(begins__gte=month.begins, begins__lt=month.ends).delete()
        Count.objects.bulk_create(counts, batch_size=2000)
    return len(counts)


Place = tuple[str, int | str]  # a cut, and a key in it
Tree = dict[Place, Place | None]


def _tallied(acts: Iterable[Happened]) -> tuple[Tally, list[tuple[Tally, Tree]]]:
    """The acts by day; and by place, with the tree that the places form.

    Acts of no team are at None: they are in the total alone. A topic and its items
    are one tree, as a topic less an item is its others.
    """
    days, items, channels, teams = Tally(), Tally(), Tally(), Tally()
    topics_above: Tree = {}
    channels_above: Tree = {}
    teams_above = _teams_above()
    for act in acts:
        item, channel = ("item", act.item), ("channel", act.channel)
        topic = None if act.topic is None else ("topic", act.topic)
        days.add(act, act.day)
        items.add(act, item)
        channels.add(act, channel)
        team = ("team", act.team or 0)
        teams.add(act, team if team in teams_above else None)
        topics_above[item] = topic
        channels_above[channel] = None
    topics_above |= {topic: None for topic in topics_above.values() if topic}
    return days, [
        (items, topics_above),
        (channels, channels_above),
        (teams, teams_above),
    ]


def _teams_above() -> Tree:
    return {
        ("team", team): None if parent is None else ("team", parent)
        for team, parent in raw.teams_above().items()
    }


def _by_time(
    month: Month, weeks: list[date], name: str, days_of: Figures
) -> Iterator[Count]:
    """The whole organisation's figures by day and week, and last of the month.

    A week is shown when it ends, and stays; so it is the month that is hidden if it
    would betray the weeks that are.
    """
    left: set[int] = set()
    for week in weeks:
        acted = [day for day in days(week) if day in days_of]
        parts = (Node(day, frozenset(days_of[day].people)) for day in acted)
        shown = may_be_shown(Node(None, parts=tuple(parts)), K)
        figure = total(days_of[day] for day in acted)
        left |= set() if None in shown else figure.people
        yield _count(name, Grain.WEEK, week, figure, shown=None in shown)
        for day in acted:
            yield _count(name, Grain.DAY, day, days_of[day], shown=day in shown)
    figure = total(days_of.values())
    safe = len(figure.people) >= K and not 0 < len(left) < K
    yield _count(name, Grain.MONTH, month.begins, figure, shown=safe)


def _by_place(
    month: Month, name: str, direct: Figures, above: Tree, told: bool
) -> Iterator[Count]:
    """Each place's figure, with all below it. `told`: whether the total is shown."""
    there = {key: frozenset(figure.people) for key, figure in direct.items()}
    shown = may_be_shown(tree(there, above), K, root_too=told)
    figures = with_below(direct, above)
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
        number=len(figure.people) if name == TELLERS.name else figure.number,
        people=len(figure.people),
        shown=shown,
    )
