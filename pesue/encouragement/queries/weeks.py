"""Weeks with something good in them, instead of a count that could break."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pesue.encouragement.ladder import monday
from pesue.encouragement.queries.deeds import deeds_of
from pesue.encouragement.queries.offers import week_of
from pesue.encouragement.rungs import GOOD, Deed
from pesue.foundation.days import midnight
from pesue.people.models import Member

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """A week, and what was good in it, each kind once."""

    begins: date
    good: Sequence[str]

    @property
    def ends(self) -> date:
        return self.begins + timedelta(days=6)


def weeks(member: Member, *, now: datetime) -> list[Week]:
    """Those of the last twelve weeks that had something good, newest first.

    The others are not spoken of: leave, a pause and holidays are nobody's gap. One
    query.
    """
    since = week_of(now) - timedelta(weeks=WEEKS - 1)
    found: dict[date, set[Deed]] = {}
    for one in deeds_of(member, since=midnight(since)):
        found.setdefault(monday(one.on), set()).add(one.deed)
    order = list(Deed)
    return [
        Week(week, [str(GOOD[deed]) for deed in sorted(good, key=order.index)])
        for week, good in sorted(found.items(), reverse=True)
    ]
