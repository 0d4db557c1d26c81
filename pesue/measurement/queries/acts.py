"""Who did what, read from the rows themselves: slow, and the truth.

For the worker alone: what is asked is compiled by Ibis.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from ibis.expr.types import IntegerScalar, Table

from pesue.foundation.counts import Counted, Statistic
from pesue.foundation.days import midnight
from pesue.foundation.rows import Rows, compiled
from pesue.measurement.periods import DAY
from pesue.measurement.tally import Act, Figure, Figures

PLACE = ("day", "member", "item", "channel", "team", "topic")
CHUNK = 5000


@dataclass(frozen=True)
class Happened(Act):
    """Acts of a member on a day, what they were about, and where they are counted."""

    day: date
    item: int
    channel: str
    team: int | None
    topic: int | None


def happened(
    statistics: Iterable[Statistic], begins: date, ends: date
) -> Iterator[Happened]:
    """The acts of the days from `begins` until before `ends`, in no order.

    They are read as they are asked for: a month of them need not fit in memory.
    """
    alike: dict[Callable[[Rows], Table], dict[str, Counted]] = defaultdict(dict)
    for statistic in statistics:
        if statistic.counted:
            alike[statistic.counted.acts][statistic.name] = statistic.counted
    period = _days(begins, ends)
    for of_one_kind in alike.values() if period else []:
        names = list(of_one_kind)
        sql = asked(tuple(of_one_kind.values()), PLACE, connection.vendor)
        for day, member, *about in answers(sql, period):
            place, numbers = about[:4], about[4:]
            told = {n: int(k) for n, k in zip(names, numbers, strict=True) if k}
            yield Happened(member, told, period[day], *place)


def each_day(
    statistic: Statistic, begins: date, ends: date
) -> tuple[Figures, dict[date, int]]:
    """Of a statistic that never adds up: by day its figure, and of how many acts."""
    figures: Figures = defaultdict(Figure)
    of_how_many: dict[date, int] = {}
    its, period = statistic.counted, _days(begins, ends)
    if its is None or not period:
        return figures, of_how_many
    how_many = replace(its, number=_how_many)
    whole = asked((its, how_many), ("day",), connection.vendor)
    for day, number, them in answers(whole, period):
        figures[period[day]].number, of_how_many[period[day]] = int(number), int(them)
    whose = asked((how_many,), ("day", "member"), connection.vendor)
    for day, member, _ in answers(whose, period):
        figures[period[day]].people.add(member)
    return figures, of_how_many


def _how_many(acts: Table) -> IntegerScalar:
    return acts.count()


def _days(begins: date, ends: date) -> list[date]:
    return [begins + n * DAY for n in range((ends - begins).days)]


@cache
def asked(those: tuple[Counted, ...], by: tuple[str, ...], database: str) -> str:
    """The SQL for the numbers of statistics of the same acts, by columns of these."""
    acts = those[0].acts(Rows())
    numbers = {f"number_{n}": of.number(acts) for n, of in enumerate(those)}
    return compiled(acts.group_by(by).agg(**numbers), database)


def answers(sql: str, days: Sequence[date]) -> Iterator[tuple[Any, ...]]:
    """What Django's own connection answers about the days, row by row."""
    on, at = (
        connection.ops.adapt_datefield_value,
        connection.ops.adapt_datetimefield_value,
    )
    values = [
        value
        for number, day in enumerate(days)
        for value in (number, on(day), at(midnight(day)), at(midnight(day + DAY)))
    ]
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(days))
    known = f"WITH days (number, day, begins, ends) AS (VALUES {rows})"
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{known}\nSELECT * FROM (\n{sql}\n) AS answers", values)
        while some := cursor.fetchmany(CHUNK):
            yield from some
