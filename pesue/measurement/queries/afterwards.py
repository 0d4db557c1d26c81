"""What came of the links of posts, for those who wrote them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from pesue.measurement.models import Happened


@dataclass(frozen=True)
class Came:
    """Something that came of the visits of one post; brought in by file, or sent."""

    kind: str  # a Happened.Kind
    number: int
    first: date
    last: date


def came_of(share_ids: Iterable[int]) -> dict[int, list[Came]]:
    """By share what came of it; shares of which nothing is known are left out."""
    rows = (
        Happened.objects.filter(link__share__in=list(share_ids))
        .values_list("link__share_id", "kind")
        .annotate(total=Sum("number"), first=Min("day"), last=Max("day"))
        .order_by("kind")
    )
    found: dict[int, list[Came]] = defaultdict(list)
    for share, kind, total, first, last in rows:
        if total > 0:
            found[share].append(Came(kind, total, first, last))
    return dict(found)
