"""What changed in the guidelines, and what of it is new to somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pesue.guidance.differences import Piece, difference
from pesue.guidance.models import Edition, Guideline, Looked
from pesue.people.models import Member

SHOWN = ("text", "instead", "why", "example")


@dataclass(frozen=True)
class Change:
    """An edition beside the one before it."""

    guideline: Guideline
    edition: Edition
    kind: str  # "new", "changed", "gone" or "back"
    parts: list[tuple[str, list[Piece]]]  # field's name, and its words


def known_since(member: Member) -> datetime | None:
    """Up to when the member knows the guidelines: from joining, at first."""
    looked = Looked.objects.filter(member=member).values_list("at", flat=True).first()
    return looked or member.joined_at


def _news(member: Member) -> QuerySet[Edition]:
    since = known_since(member)
    editions = Edition.objects.exclude(by=member)
    return editions.filter(at__gt=since) if since else editions.none()


def number_since(member: Member) -> int:
    """How many guidelines changed since the member looked."""
    return _news(member).values("guideline").distinct().count()


def since(member: Member) -> list[Change]:
    """For each guideline that changed: what the member knew, beside what it says."""
    at = known_since(member)
    ids = set(_news(member).values_list("guideline_id", flat=True))
    rows = Edition.objects.filter(guideline_id__in=ids).select_related("guideline")
    by_guideline: dict[int, list[Edition]] = {}
    for edition in rows.order_by("guideline_id", "number"):
        by_guideline.setdefault(edition.guideline_id, []).append(edition)
    found = [
        _change(_known(editions, at), editions[-1])
        for editions in by_guideline.values()
    ]
    return sorted(found, key=lambda change: change.edition.at, reverse=True)


def _known(editions: list[Edition], at: datetime | None) -> Edition | None:
    """The edition that was in force at that time."""
    older = [one for one in editions if at is not None and one.at <= at]
    return older[-1] if older else None


def history(guideline: Guideline) -> list[Change]:
    """All its editions, the newest first, each beside the one before."""
    editions: Iterable[Edition] = guideline.editions.select_related("guideline", "by")
    rows = list(editions)
    pairs = zip([None, *rows], rows, strict=False)
    return [_change(before, after) for before, after in pairs][::-1]


def _change(before: Edition | None, after: Edition) -> Change:
    if after.gone:
        kind = "gone"
    elif before is None:
        kind = "new"
    else:
        kind = "back" if before.gone else "changed"
    parts = []
    for name in SHOWN:
        old = getattr(before, name) if before else ""
        new = getattr(after, name)
        if new or old:
            pieces = difference(old if kind == "changed" else new, new)
            if kind in {"new", "back", "gone"} or any(p.mark for p in pieces):
                parts.append((name, pieces))
    return Change(after.guideline, after, kind, parts)
