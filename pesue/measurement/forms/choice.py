"""What one may choose on the results page. A choice we do not know falls back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from pesue.foundation.counts import Statistic
from pesue.measurement.periods import Month
from pesue.measurement.queries.results import COUNTED
from pesue.sharing.statistics import BY_DAY, READERS


@dataclass(frozen=True)
class Choice:
    month: Month
    cut: str  # "" for the totals alone
    statistic: Statistic  # in the plots


def chosen(
    query: QueryDict, months: Sequence[Month], cuts: Sequence[str], today: date
) -> Choice:
    """The choice in a page's query; by default the newest month that is over.

    `months` is not empty, and newest first.
    """
    default = next((month for month in months if month.ends <= today), months[0])
    wanted = query.get("month", "")
    named = {statistic.name: statistic for statistic in [*COUNTED, *BY_DAY]}
    cut = query.get("by", "")
    return Choice(
        next((month for month in months if str(month) == wanted), default),
        cut if cut in cuts else next(iter(cuts), ""),
        named.get(query.get("what", ""), READERS),
    )
