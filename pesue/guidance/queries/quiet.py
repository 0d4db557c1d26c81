"""Which days are quiet, for whom, and what they touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import QuietPeriod
from pesue.people.models import Member


def quiet_on(day: date) -> "QuerySet[QuietPeriod]":
    """The periods that day is in, whomever they concern."""
    return QuietPeriod.objects.filter(starts__lte=day, ends__gte=day)


def quiet_for(member: Member, *, today: date) -> list[Quiet]:
    """The periods that concern the member today, the strictest and longest first.

    Two queries, however many periods there are.
    """
    return [seen(period) for period in concerning(member, quiet_on(today))]


def concerning(
    member: Member, periods: "QuerySet[QuietPeriod]"
) -> "QuerySet[QuietPeriod]":
    """Those of `periods` that are for everybody, or for a team the member is in."""
    teams = QuietPeriod.teams.through.objects.filter(quietperiod=OuterRef("pk"))
    mine = member.team.above() if member.team else []
    return (
        periods.filter(~Exists(teams) | Exists(teams.filter(team__in=mine)))
        .select_related("contact")
        .prefetch_related("topics")
        .order_by("-effect", "-ends", "pk")  # "lock" before "flag"
    )


def seen(period: QuietPeriod) -> Quiet:
    """A period as the check knows it."""
    contact = period.contact
    return Quiet(
        name=period.name,
        why=period.why,
        ends=period.ends,
        locks=period.effect == QuietPeriod.Effect.LOCK,
        topics=frozenset(topic.pk for topic in period.topics.all()),
        finance=period.finance,
        forward=period.forward,
        words=tuple(filter(None, map(str.strip, period.words.splitlines()))),
        ask=contact.name if contact and contact.is_active else "",
    )


def quiet_about(
    quiets: Iterable[Quiet], topics: Iterable[int], *, finance: bool
) -> Quiet | None:
    """The first of `quiets` that touches what is told of these topics, if any."""
    of = frozenset(topics)
    for quiet in quiets:
        if quiet.topics & of or (quiet.finance and finance):
            return quiet
    return None


@dataclass(frozen=True)
class Calm:
    """The periods there are, by when they are."""

    now: list[QuietPeriod]
    coming: list[QuietPeriod]
    past: list[QuietPeriod]


PAST = 20  # of those that are over, so many are shown


def calm(*, today: date) -> Calm:
    """All that are or come, and the last of those that are over."""
    rows = QuietPeriod.objects.select_related("contact").prefetch_related(
        "topics", "teams"
    )
    over = rows.filter(ends__lt=today).order_by("-ends", "-pk")
    return Calm(
        list(rows.filter(starts__lte=today, ends__gte=today)),
        list(rows.filter(starts__gt=today)),
        list(over[:PAST]),
    )


def in_teams(period: QuietPeriod) -> "QuerySet[Member]":
    """Those the period concerns."""
    active = Member.objects.filter(state=Member.State.ACTIVE)
    teams = list(period.teams.all())
    if not teams:
        return active
    within = Q(pk__in=[])
    for team in teams:
        within |= Q(team__path__startswith=team.path)
    return active.filter(within)
