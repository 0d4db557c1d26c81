"""What one's words did, told in people, each sentence with where it is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, QuerySet, Sum
from django.utils.translation import ngettext

from pesue.encouragement.models import Card
from pesue.measurement.models import Happened
from pesue.measurement.queries.afterwards import Came, came_of
from pesue.people.models import Member
from pesue.sharing.models import LinkDay, Share

CARDS = 12
Kind = Happened.Kind


@dataclass(frozen=True)
class Told:
    """One post that somebody read, and what is known to have come of it."""

    share: Share
    people: int  # estimated
    first: date  # days on which they came
    last: date
    came: list[Came]

    @property
    def sentences(self) -> list[str]:
        return [sentence(one) for one in self.came]


def read_posts(member: Member) -> QuerySet[Share]:
    """The member's public posts that brought people; the newest first."""
    rows = Share.objects.filter(
        member=member, state=Share.State.SHARED, link__days__people__gt=0
    )
    return rows.select_related("item").distinct().order_by("-shared_at", "-pk")


def told(shares: Sequence[Share]) -> list[Told]:
    """Of each what it did. Two queries."""
    ids = [share.pk for share in shares]
    days = LinkDay.objects.filter(link__share__in=ids, people__gt=0)
    sums = {
        share: (total, first, last)
        for share, total, first, last in days.values_list("link__share_id").annotate(
            Sum("people"), Min("day"), Max("day")
        )
    }
    came = came_of(ids)
    return [
        Told(share, *sums[share.pk], came.get(share.pk, []))
        for share in shares
        if share.pk in sums
    ]


def sentence(came: Came) -> str:
    """ "2 of them applied" would say too much: we know of applications, not of whom."""
    number = came.number
    said = {
        Kind.APPLICATION: ngettext(
            "%(number)s job application came of it",
            "%(number)s job applications came of it",
            number,
        ),
        Kind.LEAD: ngettext(
            "%(number)s person got in touch with us",
            "%(number)s people got in touch with us",
            number,
        ),
        Kind.TICKET: ngettext(
            "%(number)s ticket or place was taken",
            "%(number)s tickets or places were taken",
            number,
        ),
        Kind.PURCHASE: ngettext(
            "%(number)s purchase was made", "%(number)s purchases were made", number
        ),
    }
    return said[Kind(came.kind)] % {"number": number}


def cards(member: Member) -> QuerySet[Card]:
    """The member's cards, the newest month first."""
    rows = Card.objects.filter(member=member).select_related("item")
    return rows.order_by("-month")[:CARDS]
