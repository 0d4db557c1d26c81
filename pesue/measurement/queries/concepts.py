"""What was told of each concept, added up from item figures that are shown anyway.

A sum of shown figures tells nothing more than they do, whoever moves a card from one
concept to another meanwhile. What is hidden is left out, so it is "at least so many".
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet, Sum

from pesue.content.models import Item
from pesue.foundation.counts import Count, Statistic, shown
from pesue.guidance.models import Concept
from pesue.measurement.periods import Month
from pesue.measurement.queries.results import months
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS

POSTS = (PUBLISHED, CONFIRMED)


@dataclass(frozen=True)
class AtLeast:
    """Of one concept. None: no figure of it may be shown."""

    posts: int | None
    tellers: int | None  # of the card most told of: people are not added up
    readers: int | None


def posts_by_concept(
    concepts: Iterable[Concept], *, since: date | None, today: date
) -> dict[int, int]:
    """Of the months from that of `since` on. Where nothing may be shown, no key."""
    rows = Item.objects.filter(concept__in=[concept.pk for concept in concepts])
    concept_of = {str(item): of for item, of in rows.values_list("pk", "concept")}
    counts = _by_item(POSTS, since=since, today=today).order_by()
    found: dict[int, int] = defaultdict(int)
    for key, number in counts.values_list("key", "number"):
        if key in concept_of:
            found[concept_of[key]] += number
    return dict(found)


def at_least(concept: Concept, *, today: date) -> AtLeast:
    items = concept.items.values_list("pk", flat=True)
    counts = _by_item([*POSTS, READERS, TELLERS], since=None, today=today)
    rows = counts.filter(key__in=[str(item) for item in items])
    told = {
        name: (whole, most)
        for name, whole, most in rows.order_by()
        .values_list("statistic")
        .annotate(Sum("number"), Max("number"))
    }
    posts = [told[of.name][0] for of in POSTS if of.name in told]
    return AtLeast(
        posts=sum(posts) if posts else None,
        tellers=told[TELLERS.name][1] if TELLERS.name in told else None,
        readers=told[READERS.name][0] if READERS.name in told else None,
    )


def _by_item(
    statistics: Iterable[Statistic], *, since: date | None, today: date
) -> QuerySet[Count]:
    """The months are named, so that the index of the counts is used."""
    first = Month.of(since).begins if since else date.min
    begins = [m.begins for m in months(today) if m.begins >= first]
    return shown(statistics, cut="item", grain=Count.Grain.MONTH, begins__in=begins)
