"""A member's own numbers: all of them, and at once."""

from datetime import date

from django.db.models import Count, Q, Sum

from pesue.foundation.days import midnight
from pesue.people.models import Member
from pesue.sharing.channels.base import Way
from pesue.sharing.models import LinkDay
from pesue.sharing.statistics import CONFIRMED, POSTED, PUBLISHED, READERS, VISITS


def own(member: Member, since: date) -> dict[str, int]:
    """The member's own numbers from the day `since` on, by statistic. Two queries."""
    posts = member.shares.filter(
        state__in=POSTED, shared_at__gte=midnight(since)
    ).aggregate(
        published=Count("pk", filter=Q(way=Way.API)),
        confirmed=Count("pk", filter=~Q(way=Way.API)),
    )
    visits = LinkDay.objects.filter(link__share__member=member, day__gte=since)
    seen = visits.aggregate(people=Sum("people"), hits=Sum("hits"))
    return {
        PUBLISHED.name: posts["published"],
        CONFIRMED.name: posts["confirmed"],
        READERS.name: seen["people"] or 0,
        VISITS.name: seen["hits"] or 0,
    }
