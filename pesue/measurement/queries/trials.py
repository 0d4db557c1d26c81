"""What a trial's units did, for its reading. Numbers, and no names."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from pesue.content.models import Item
from pesue.foundation.days import midnight
from pesue.measurement.queries.page_visits import daily
from pesue.measurement.reading import Plan, Unit
from pesue.measurement.reading.waves import Row
from pesue.measurement.seeing import History
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.statistics import POSTED
from pesue.trials.assignment import Drawn, Place
from pesue.trials.models import Assignment, Exposure, OptOut, Trial
from pesue.trials.queries import drawn
from pesue.trials.queries.given import staying_out

BEFORE = timedelta(weeks=8)  # what people did then says much of what they do now
DAY = timedelta(days=1)
FIRST = "posts.first"  # of those who had never told anything
TWO_WEEKS = timedelta(days=14)
Did = Mapping[int, float]  # by member
Group = tuple[str, Place, Sequence[int]]  # a drawn unit, and its people


def plan_of(trial: Trial) -> Plan:
    arms = list(trial.arms.order_by("pk"))
    control = next(arm.key for arm in arms if arm.is_control)
    shares = tuple((arm.key, arm.share) for arm in arms)
    units = sum(int(count) for _, count in trial.mechanism.get("counts", ()))
    return Plan(control, shares, trial.unit, planned=units)


def units(
    trial: Trial,
    *,
    until: date,
    guards: Sequence[str] = (),
    since: date | None = None,
) -> dict[str, list[Unit]]:
    """The members or teams of a trial of arms, with what they did before and in it.

    By outcome: the trial's own first, then its guards. Who was drawn into what, and who
    is in it, is read once. With `since`, a day after its end, what they did from then
    on until `until` stands in place of what they did in it.
    """
    lots, members = drawn(trial), _members(trial)
    strata = {unit.id: unit.stratum for unit in lots.units}
    last = until if since else min(until, trial.ends)
    found: dict[str, list[Unit]] = {}
    after: Did
    before: Did
    for outcome in (trial.outcome, *guards):
        if outcome == FIRST:
            after, before = _began(trial, until=last), {}
            groups = _groups(trial, lots, _only(members, after))
        else:
            after = _did(outcome, since or trial.begins, last + DAY)
            before = _did(outcome, trial.begins - BEFORE, trial.begins)
            groups = _groups(trial, lots, members)
        did = zip(_means(after, groups), _means(before, groups), strict=True)
        found[outcome] = [
            Unit(code, place.arm, *means, len(people), strata.get(unit, "late"))
            for code, ((unit, place, people), means) in enumerate(
                zip(groups, did, strict=True)
            )
        ]
    return found


def rows(trial: Trial, *, until: date) -> tuple[list[Row], int]:
    """The units of a roll-out by periods as long as a wave, finished ones only; and
    how many of these lie before the first wave."""
    length = trial.days * DAY
    before = periods_before(trial)
    last = min(until, trial.ends)
    number = (last + DAY - trial.begins) // length
    lots, teams = drawn(trial), _members(trial)
    strata = {unit.id: unit.stratum for unit in lots.units}
    first = trial.begins - before * length
    periods = [
        _did(trial.outcome, first + n * length, first + (n + 1) * length)
        for n in range(before + max(0, number))
    ]
    groups = _groups(trial, lots, teams)
    columns = [_means(did, groups) for did in periods]
    return [
        Row(
            code,
            before + (place.wave or 0),
            tuple(column[code] for column in columns),
            len(people),
            strata.get(unit, "late"),
        )
        for code, (unit, place, people) in enumerate(groups)
    ], before


def periods_before(trial: Trial) -> int:
    """How many periods of a roll-out lie before its first wave."""
    return max(1, BEFORE // (trial.days * DAY))


def _members(trial: Trial) -> dict[int, int]:
    """Who is here and not staying out, with their team (0: none)."""
    here = Member.objects.filter(state=Member.State.ACTIVE)
    out = (
        staying_out(trial.began_at)
        if trial.began_at
        else OptOut.objects.filter(back_at=None)
    )
    pairs = here.exclude(pk__in=out.values("member")).values_list("pk", "team")
    return {pk: team or 0 for pk, team in pairs}


def _groups(trial: Trial, lots: Drawn, teams: Mapping[int, int]) -> list[Group]:
    """Each drawn unit with its people; those without anybody are left out.

    Sorted by what tells nothing of who they are, so that a code tells nothing, too.
    """
    people: dict[str, Sequence[int]]
    if trial.unit == Trial.Unit.MEMBER:
        people = {f"member:{member}": (member,) for member in teams}
    else:
        of_team: dict[str, list[int]] = defaultdict(list)
        for member, team in teams.items():
            of_team[f"team:{team}"].append(member)
        people = dict(of_team)
    found = [(u, p, people[u]) for u, p in lots.places.items() if people.get(u)]
    return sorted(found, key=lambda one: (one[1].arm, one[1].wave or 0, len(one[2])))


def _means(did: Did, groups: Sequence[Group]) -> list[float]:
    """Of each group. Where members are drawn, 100,000 are each a group of their own."""
    return [
        did.get(people[0], 0.0)
        if len(people) == 1
        else sum(did.get(member, 0.0) for member in people) / len(people)
        for _unit, _place, people in groups
    ]


def _posts(since: date, until: date) -> "QuerySet[Share]":
    """Posts from a day on until before another."""
    return Share.objects.filter(
        state__in=POSTED, shared_at__gte=midnight(since), shared_at__lt=midnight(until)
    )


def _told(since: date, until: date) -> Did:
    """1 for those who told something."""
    members = _posts(since, until).order_by().values_list("member", flat=True)
    return dict.fromkeys(members.distinct(), 1.0)


def _number(since: date, until: date) -> Did:
    """How much each of them told."""
    counted = _posts(since, until).order_by().values_list("member")
    return Counter(dict(counted.annotate(Count("pk"))))


def _first(since: date, until: date) -> Did:
    """1 for those who told something then for the first time."""
    posts = _posts(since, until).order_by().values_list("member", flat=True)
    before = Share.objects.filter(state__in=POSTED, shared_at__lt=midnight(since))
    new = posts.exclude(member__in=before.values("member")).distinct()
    return dict.fromkeys(new, 1.0)


def _began(trial: Trial, *, until: date) -> Did:
    """Of those who met the trial and had never told anything: 1 for those who did so
    within two weeks of it. Those whose two weeks are not over are left out.

    Who meets it is not moved by their lot, as it is met before it can do anything.
    """
    exposures = Exposure.objects.filter(trial=trial, member__isnull=False)
    over = exposures.filter(first_at__lt=midnight(until + DAY - TWO_WEEKS))
    met = dict(over.values_list("member", "first_at"))
    posts = Share.objects.filter(state__in=POSTED, shared_at__isnull=False)
    first = posts.order_by().values_list("member").annotate(at=Min("shared_at"))
    firsts = dict(first)
    found: dict[int, float] = {}
    for member, at in met.items():
        told = firsts.get(member)
        if told is None or told >= at:
            found[member] = float(told is not None and told < at + TWO_WEEKS)
    return found


def _only(members: Mapping[int, int], those: Did) -> dict[int, int]:
    return {member: team for member, team in members.items() if member in those}


def _resting(since: date, until: date) -> Did:
    """1 for those who want to be left alone at the end of that time.

    What was before is not kept: of a time that is over nobody is known.
    """
    rows = Member.objects.filter(paused_until__gte=until)
    return dict.fromkeys(rows.values_list("pk", flat=True), 1.0)


OUTCOMES: dict[str, Callable[[date, date], Did]] = {
    "shares.people": _told,
    "shares.posts": _number,
    FIRST: _first,
    "members.resting": _resting,
}


def _did(outcome: str, since: date, until: date) -> Did:
    return OUTCOMES[outcome](since, until)


def can_read(trial: Trial) -> bool:
    """Whether its outcome is one that this version measures."""
    return trial.kind == Trial.Kind.HOLDOUT or trial.outcome in OUTCOMES


def history(trial: Trial, *, today: date) -> History:
    """What all did lately, in a time as long as the trial's."""
    length = trial.ends - trial.begins + DAY
    after = _did(trial.outcome, today - length, today)
    before = _did(trial.outcome, today - length - BEFORE, today - length)
    teams = _members(trial)
    if trial.outcome == FIRST:
        after = _first(today - TWO_WEEKS, today)
        old = Share.objects.filter(
            state__in=POSTED, shared_at__lt=midnight(today - TWO_WEEKS)
        ).values_list("member", flat=True)
        told = set(old.distinct())
        before, teams = {}, {m: team for m, team in teams.items() if m not in told}
    return History(
        after=[after.get(member, 0.0) for member in teams],
        before=[before.get(member, 0.0) for member in teams],
        teams=list(teams.values()),
    )


def items(trial: Trial, *, until: date) -> list[Unit]:
    """The items of a hold-out whose days are over: all visits to their pages.

    As many days for all, from the one on which an item appeared. An item of which a day
    is not known is left out: what is unknown is not nothing.
    """
    length = trial.days * DAY
    rows = Assignment.objects.filter(trial=trial, kind=trial.unit, arm__isnull=False)
    begun: dict[int, tuple[str, date]] = {}
    fields: Any = rows.values_list("arm__key", "arm__is_control", "unit", "starts_on")
    for arm, is_control, unit, starts in fields:
        appeared = starts - length if is_control else starts
        if appeared + length <= until + DAY:
            begun[unit] = arm, appeared
    known = Item.objects.filter(pk__in=begun)
    visits = daily(known, trial.begins, until + DAY)
    found: list[Unit] = []
    for pk, (arm, appeared) in sorted(begun.items(), key=lambda one: one[1]):
        days = [visits.get(pk, {}).get(appeared + n * DAY) for n in range(trial.days)]
        told = [number for number in days if number is not None]
        if len(told) == trial.days:
            found.append(Unit(len(found), arm, float(sum(told))))
    return found
