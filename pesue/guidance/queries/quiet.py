"""Quiet periods: which there are, and which concern somebody now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import QuietPeriod, Topic
from pesue.people.models import Member

PAST = 20  # of those that are over, so many are shown


def periods() -> QuerySet[QuietPeriod]:
    return QuietPeriod.objects.select_related("contact").prefetch_related(
        "topics", "teams"
    )


def quiet_on(day: date) -> QuerySet[QuietPeriod]:
    """Those of that day, whomever they concern."""
    return periods().filter(starts__lte=day, ends__gte=day)


def for_member(member: Member, *, today: date) -> QuerySet[QuietPeriod]:
    """Those on now that concern the member: locks first, then what ends last."""
    return concerning(member, quiet_on(today)).order_by("-effect", "-ends", "pk")


def coming(member: Member, *, today: date) -> QuerySet[QuietPeriod]:
    """Those that begin later and will concern the member, the nearest first."""
    later = periods().filter(starts__gt=today)
    return concerning(member, later).order_by("starts", "pk")


def concerning(member: Member, rows: QuerySet[QuietPeriod]) -> QuerySet[QuietPeriod]:
    """Those for everybody, for the member's team, or for one above it."""
    teams = QuietPeriod.teams.through.objects.filter(quietperiod=OuterRef("pk"))
    mine = member.team.above() if member.team else []
    return rows.filter(~Exists(teams) | Exists(teams.filter(team__in=mine)))


def concerns(period: QuietPeriod, member: Member) -> bool:
    """The same of one period whose teams have been read."""
    teams = {team.pk for team in period.teams.all()}
    return not teams or bool(member.team and teams & set(member.team.above()))


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
    """The periods on now as the check sees them. A fixed number of queries."""
    return [as_check(period) for period in for_member(member, today=today)]


def as_check(period: QuietPeriod) -> Quiet:
    lines = (line.strip() for line in period.words.splitlines())
    contact = period.contact
    return Quiet(
        name=period.name,
        why=period.why,
        ends=period.ends,
        locks=period.effect == QuietPeriod.Effect.LOCK,
        topics=frozenset(topic.pk for topic in period.topics.all()),
        finance=period.finance,
        forward=period.forward,
        words=tuple(line for line in lines if line),
        ask=contact.name if contact and contact.is_active else "",
    )


@dataclass(frozen=True)
class Calm:
    """The periods there are, by when they are."""

    now: list[QuietPeriod]
    coming: list[QuietPeriod]
    past: list[QuietPeriod]


def calm(*, today: date) -> Calm:
    """All that are or come, whomever they concern, and the last that are over."""
    over = periods().filter(ends__lt=today).order_by("-ends", "-pk")
    return Calm(
        list(quiet_on(today)),
        list(periods().filter(starts__gt=today)),
        list(over[:PAST]),
    )
