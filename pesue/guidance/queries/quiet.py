"""Quiet periods: which there are, and which concern somebody now."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import QuietPeriod, Topic
from pesue.people.models import Member


def periods() -> QuerySet[QuietPeriod]:
    return QuietPeriod.objects.select_related("contact").prefetch_related(
        "topics", "teams"
    )


def for_member(member: Member, *, today: date) -> QuerySet[QuietPeriod]:
    """Those on now that concern the member's team, or everybody."""
    mine = member.team.above() if member.team else []
    concerned = Q(teams=None) | Q(teams__in=mine)
    on = QuietPeriod.objects.filter(starts__lte=today, ends__gte=today)
    return periods().filter(pk__in=on.filter(concerned).values("pk"))


def coming(member: Member, *, today: date) -> QuerySet[QuietPeriod]:
    """Those that begin later, the nearest first."""
    return periods().filter(starts__gt=today).order_by("starts", "pk")


def on_topics(
    topics: Iterable[Topic], member: Member, *, today: date
) -> list[QuietPeriod]:
    """Those on now that touch one of these topics."""
    wanted = {topic.pk for topic in topics}
    return [
        period
        for period in for_member(member, today=today)
        if wanted & {topic.pk for topic in period.topics.all()}
    ]


def quiet_for(member: Member, *, today: date) -> list[Quiet]:
    """The periods on now as the check sees them."""
    return [as_check(period) for period in for_member(member, today=today)]


def as_check(period: QuietPeriod) -> Quiet:
    lines = (line.strip() for line in period.words.splitlines())
    return Quiet(
        name=period.name,
        why=period.why,
        ends=period.ends,
        locks=period.effect == QuietPeriod.Effect.LOCK,
        topics=frozenset(topic.pk for topic in period.topics.all()),
        finance=period.finance,
        forward=period.forward,
        words=tuple(line for line in lines if line),
        ask=period.contact.name if period.contact else "",
    )
