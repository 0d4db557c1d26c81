"""What the results page asks. It reads counts, and only those that may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pesue.content.models import Item
from pesue.foundation.counts import Count, Statistic, shown
from pesue.guidance.models import Topic
from pesue.measurement.periods import Month, days
from pesue.people.access import Role, teams_of
from pesue.people.models import Member, Team
from pesue.sharing.channels import CHANNELS
from pesue.sharing.statistics import BY_DAY, READERS, STATISTICS, TELLERS, VISITS

Grain = Count.Grain
COUNTED = [statistic for statistic in STATISTICS if statistic.basis != "unknown"]
CUTS = ("team", "item", "topic", "channel")
MOST = 25  # rows of a cut on the page; the CSV has all


@dataclass(frozen=True)
class Row:
    """One line of a table: numbers by statistic, None where not shown."""

    key: str
    label: str
    numbers: Mapping[str, int | None]
    depth: int = 0  # of a team in its tree

    @property
    def indent(self) -> str:
        return "· " * self.depth

    def of(self, statistics: Iterable[Statistic]) -> list[int | None]:
        return [self.numbers.get(statistic.name) for statistic in statistics]


def months(today: date) -> list[Month]:
    """The month under way, and those of which something is counted; newest first."""
    weeks = Count.objects.filter(grain=Grain.WEEK, cut="all", statistic=READERS.name)
    begun = weeks.order_by().values_list("begins", flat=True).distinct()
    return sorted({Month.of(today), *map(Month.of, begun)}, reverse=True)


def total(month: Month) -> Row:
    """The whole month's figures: each None before it is over."""
    rows = shown(COUNTED, grain=Grain.MONTH, begins=month.begins, cut="all")
    return Row("", "", dict(rows.values_list("statistic", "number")))


def weeks(month: Month) -> list[Row]:
    """The whole organisation week by week; those not over yet are left out."""
    return _by_time(month, Grain.WEEK, list(month.weeks()))


def daily(month: Month) -> list[Row]:
    """Day by day. A day without any acts is 0 once its week is shown."""
    every = [day for week in month.weeks() for day in days(week)]
    return _by_time(month, Grain.DAY, every)


def _by_time(month: Month, grain: str, begins: list[date]) -> list[Row]:
    rows = Count.objects.filter(
        grain__in=[grain, Grain.WEEK],
        cut="all",
        begins__gte=month.begins,
        begins__lt=month.ends,
    ).values_list("begins", "grain", "statistic", "number", "shown")
    numbers: dict[date, dict[str, int | None]] = defaultdict(dict)
    counted, open_weeks = set(), set()
    for day, its_grain, statistic, number, is_shown in rows:
        if its_grain == grain:
            numbers[day][statistic] = number if is_shown else None
        if its_grain == Grain.WEEK:
            counted |= set(days(day))
            open_weeks |= {(d, statistic) for d in days(day)} if is_shown else set()
    for day in begins:
        for of in COUNTED:
            zero = 0 if (day, of.name) in open_weeks else None
            numbers[day].setdefault(of.name, zero)
        for of in BY_DAY:
            nobody = 0 if numbers[day][VISITS.name] == 0 else None
            numbers[day].setdefault(of.name, nobody)
    return [
        Row(day.isoformat(), _short(day), numbers[day])
        for day in begins
        if day in counted
    ]


def _short(day: date) -> str:
    return f"{day.day}.{day.month}."


def by_cut(cut: str, month: Month, *, most: int | None = MOST) -> list[Row]:
    """By item, topic or channel, only what may be shown; most readers first."""
    counts = shown(COUNTED, grain=Grain.MONTH, begins=month.begins, cut=cut)
    numbers: dict[str, dict[str, int | None]] = defaultdict(dict)
    if most is not None:
        largest = counts.order_by("-number", "key").values_list("key", flat=True)
        read = largest.filter(statistic=READERS.name)[:most]
        told = largest.filter(statistic=TELLERS.name)[:most]
        counts = counts.filter(key__in=list(dict.fromkeys([*read, *told]))[:most])
    for key, statistic, number in counts.values_list("key", "statistic", "number"):
        numbers[key][statistic] = number
    names = _names(cut, numbers)
    rows = [Row(key, names.get(key, key), its) for key, its in numbers.items()]
    return sorted(rows, key=_largest_first)


def _largest_first(row: Row) -> tuple[int, int, str]:
    readers, tellers = (row.numbers.get(of.name) or 0 for of in (READERS, TELLERS))
    return (-readers, -tellers, row.key)


def _names(cut: str, keys: Iterable[str]) -> dict[str, str]:
    if cut == "channel":
        return {key: str(CHANNELS[key].name) for key in keys if key in CHANNELS}
    ids = [int(key) for key in keys]
    items = Item.objects.filter(pk__in=ids).values_list("pk", "title")
    topics = Topic.objects.filter(pk__in=ids).values_list("pk", "name")
    rows = topics if cut == "topic" else items
    return {str(pk): name for pk, name in rows}


def by_team(month: Month, lead: Member, *, most: int | None = MOST) -> list[Row]:
    """The teams that `lead` leads, each with all below it, as a tree on end.

    Where they are over `most`, the uppermost, and of these those with most readers.
    """
    over = teams_of(lead, Role.LEAD)
    teams = [
        team
        for team in Team.objects.order_by("name")
        if over is None or any(team.path.startswith(path) for path in over)
    ]
    counts = shown(COUNTED, grain=Grain.MONTH, begins=month.begins, cut="team")
    numbers: dict[str, dict[str, int | None]] = defaultdict(dict)
    for key, statistic, number in counts.values_list("key", "statistic", "number"):
        numbers[key][statistic] = number
    rows = [
        Row(str(team.pk), team.name, numbers.get(str(team.pk), {}), depth)
        for team, depth in _on_end(teams)
    ]
    order = sorted(rows, key=lambda row: (row.depth, *_largest_first(row)))
    kept = {row.key for row in order[:most]}
    return [row for row in rows if row.key in kept]


def _on_end(teams: list[Team]) -> list[tuple[Team, int]]:
    """Each team under its parent, siblings by name, with its depth from the top."""
    known = {team.pk for team in teams}
    below: dict[int | None, list[Team]] = defaultdict(list)
    for team in teams:
        below[team.parent_id if team.parent_id in known else None].append(team)

    def walk(parent: int | None, depth: int) -> list[tuple[Team, int]]:
        return [
            found
            for team in below[parent]
            for found in [(team, depth), *walk(team.pk, depth + 1)]
        ]

    return walk(None, 0)
