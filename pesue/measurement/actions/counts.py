"""Filling the counts."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from pesue.foundation.counts import Count, Statistic
from pesue.measurement.periods import WEEK, Month, days
from pesue.measurement.queries import acts, raw
from pesue.measurement.queries.acts import Happened
from pesue.measurement.statistics import AFTERWARDS
from pesue.measurement.tally import Figure, Figures, Tally, total, tree, with_below
from pesue.sharing.statistics import STATISTICS, VISITORS, VISITS
from pesue.stats.protection import Node, may_be_shown

Grain = Count.Grain
COUNTED = [of for of in [*STATISTICS, *AFTERWARDS] if of.counted]


def fill(month: Month, *, until: date) -> int:
    """Count the month anew from the rows: weeks that ended before `until`.

    A week under way is not counted: its figures would betray, from one look to the
    next, who did what in between. Nor is a month by anything but its weeks, before
    it is over. Returns how many counts there are.
    """
    over = month.ends <= until
    weeks = [week for week in month.weeks() if week + WEEK <= until]
    ends = month.begins + len(weeks) * WEEK
    by_day, by_place = _tallied(acts.happened(COUNTED, month.begins, ends))
    counts: list[Count] = []
    for of in COUNTED if weeks else []:
        *of_time, whole = _by_time(month, weeks, of, by_day.figures(of.name))
        counts += [*of_time, whole] if over else of_time
        for tally, above in by_place if over and of.cuts else []:
            counts += _by_place(month, of, tally.figures(of.name), above, whole.shown)
    kept, visitors = _visitors(month, weeks, by_day.figures(VISITS.name))
    forgotten = [day for week in weeks if week not in kept for day in days(week)]
    old = Count.objects.filter(begins__gte=month.begins, begins__lt=month.ends)
    with transaction.atomic():
        old.exclude(statistic=VISITORS.name, begins__in=forgotten).delete()
        Count.objects.bulk_create([*counts, *visitors], batch_size=2000)
    return len(counts) + len(visitors)


def _visitors(
    month: Month, weeks: list[date], visits: Figures
) -> tuple[list[date], list[Count]]:
    """The weeks of which every single visit is still kept, and their days' counts.

    Single visits are forgotten after some weeks, their tallies never. What was counted
    of a week before they were is then all that is known, and stays.
    """
    figures, single = acts.each_day(
        VISITORS, month.begins, month.begins + len(weeks) * WEEK
    )
    told = {day: figure.number for day, figure in visits.items()}
    kept = [
        week
        for week in weeks
        if all(single.get(day, 0) == told.get(day, 0) for day in days(week))
    ]
    counts = _by_time(month, kept, VISITORS, figures)
    return kept, [count for count in counts if count.grain == Grain.DAY]


Place = tuple[str, int | str]  # a cut, and a key in it
Tree = dict[Place, Place | None]


def _tallied(them: Iterable[Happened]) -> tuple[Tally, list[tuple[Tally, Tree]]]:
    """The acts by day; and by place, with the tree that the places form.

    Acts of no team are at None: they are in the total alone. A topic and its items
    are one tree, as a topic less an item is its others.
    """
    days, items, channels, teams = Tally(), Tally(), Tally(), Tally()
    topics_above: Tree = {}
    channels_above: Tree = {}
    teams_above = _teams_above()
    for act in them:
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
    month: Month, weeks: list[date], of: Statistic, days_of: Figures
) -> Iterator[Count]:
    """The whole organisation's figures by day and week, and last of the month.

    A week is shown when it ends, and stays; so it is the month that is hidden if it
    would betray the weeks that are.
    """
    left: set[int] = set()
    for week in weeks:
        acted = [day for day in days(week) if day in days_of]
        parts = (Node(day, frozenset(days_of[day].people)) for day in acted)
        shown = may_be_shown(Node(None, parts=tuple(parts)), of.k)
        figure = total(days_of[day] for day in acted)
        left |= set() if None in shown else figure.people
        yield _count(of, Grain.WEEK, week, figure, shown=None in shown)
        for day in acted:
            yield _count(of, Grain.DAY, day, days_of[day], shown=day in shown)
    figure = total(days_of.values())
    safe = len(figure.people) >= of.k and not 0 < len(left) < of.k
    yield _count(of, Grain.MONTH, month.begins, figure, shown=safe)


def _by_place(
    month: Month, of: Statistic, direct: Figures, above: Tree, told: bool
) -> Iterator[Count]:
    """Each place's figure, with all below it. `told`: whether the total is shown."""
    there = {key: frozenset(figure.people) for key, figure in direct.items()}
    shown = may_be_shown(tree(there, above), of.k, root_too=told)
    figures = with_below(direct, above)
    for place in above:
        figure = figures.get(place, Figure())
        yield _count(of, Grain.MONTH, month.begins, figure, place, place in shown)


def _count(
    of: Statistic,
    grain: Grain,
    begins: date,
    figure: Figure,
    place: Place = ("all", ""),
    shown: bool = False,
) -> Count:
    cut, key = place
    once = of.counted is not None and of.counted.adds == "once"
    return Count(
        statistic=of.name,
        cut=cut,
        key=str(key),
        grain=grain,
        begins=begins,
        number=len(figure.people) if once else figure.number,
        people=len(figure.people),
        shown=shown,
    )
