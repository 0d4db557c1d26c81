"""One month of the library: what ends when, and which concepts run."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from pesue.content.models import Item
from pesue.foundation import days
from pesue.guidance.models import Concept

MOST = 500  # items of a month that are shown


@dataclass
class Day:
    date: date
    in_month: bool
    items: list[Item] = field(default_factory=list)
    begins: list[Concept] = field(default_factory=list)
    ends: list[Concept] = field(default_factory=list)


@dataclass(frozen=True)
class Month(days.Month):
    weeks: list[list[Day]]
    concepts: list[Concept]  # that run in it

    @property
    def days(self) -> list[Day]:
        """The days of the month on which something happens, in order."""
        every = (day for week in self.weeks for day in week)
        return [d for d in every if d.in_month and (d.items or d.begins or d.ends)]


def month(items: "QuerySet[Item]", first: date) -> Month:
    """The month that begins on `first`, of these items. Two queries."""
    page = days.Month(first)
    weeks = [
        [Day(date, date.month == first.month) for date in week]
        for week in page.days_by_week()
    ]
    by_date = {day.date: day for week in weeks for day in week}
    ending = items.filter(valid_until__range=(first, page.last)).defer("text")
    for item in ending.order_by("valid_until", "pk")[:MOST]:
        if item.valid_until:
            by_date[item.valid_until].items.append(item)
    concepts = list(Concept.objects.filter(starts__lte=page.last, ends__gte=first))
    for concept in concepts:
        if concept.starts in by_date:
            by_date[concept.starts].begins.append(concept)
        if concept.ends in by_date:
            by_date[concept.ends].ends.append(concept)
    return Month(first, weeks, concepts)
