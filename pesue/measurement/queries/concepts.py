"""What was told of each concept, added up from item figures that are shown anyway.

A sum of shown figures tells nothing more than they do, whoever moves a card from one
concept to another meanwhile. What is hidden is left out, so it is "at least so many".
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet, Sum

from pesue.content.models import Item
from pesue.foundation.counts import Count, Statistic, shown
from pesue.guidance.models import Concept
from pesue.measurement.periods import Month
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS

POSTS = (PUBLISHED, CONFIRMED)


def posts_by_concept(*, since: date | None) -> dict[int, int]:
    """At least so many, in the months from that of `since`; nothing shown: no key."""
    counts = _by_item(POSTS)
    if since:
        counts = counts.filter(begins__gte=Month.of(since).begins)
    concept_of = dict(
        Item.objects.filter(concept__isnull=False).values_list("pk", "concept")
    )
    found: dict[int, int] = defaultdict(int)
    for key, number in counts.order_by().values_list("key").annotate(Sum("number")):
        concept = concept_of.get(int(key))
        if concept is not None:
            found[concept] += number
    return dict(found)


def posts(concept: Concept) -> int | None:
    return _at_least(concept, POSTS)


def readers(concept: Concept) -> int | None:
    return _at_least(concept, [READERS])


def tellers(concept: Concept) -> int | None:
    """As many as told the card most told of; people are not added up."""
    largest = _of(concept, [TELLERS]).order_by("-number")
    return largest.values_list("number", flat=True).first()


def _at_least(concept: Concept, statistics: Iterable[Statistic]) -> int | None:
    number: int | None = _of(concept, statistics).aggregate(n=Sum("number"))["n"]
    return number


def _of(concept: Concept, statistics: Iterable[Statistic]) -> QuerySet[Count]:
    items = concept.items.values_list("pk", flat=True)
    return _by_item(statistics).filter(key__in=[str(item) for item in items])


def _by_item(statistics: Iterable[Statistic]) -> QuerySet[Count]:
    return shown(statistics, cut="item", grain=Count.Grain.MONTH)
