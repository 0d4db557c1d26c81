"""What is told of communities: counted from profiles that nobody reads one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import SystemRandom

from django.db import transaction

from pesue.encouragement.given import KINDS
from pesue.encouragement.models import GivenShare, MotiveShare
from pesue.encouragement.motives import (
    EVEN,
    FEWEST_TOLD,
    MOTIVES,
    STRONGEST,
    scores,
)
from pesue.encouragement.queries.given import GIVEN, given
from pesue.encouragement.queries.motives import all_said
from pesue.encouragement.renewing import Figure, renewed
from pesue.foundation.counts import K
from pesue.foundation.days import following, midnight
from pesue.people.models import Member, Team
from pesue.stats.protection import Node, may_be_shown
from pesue.surveys.counting import Asked, Place, Row, counted
from pesue.surveys.quality import quality_of

NAMES = (*MOTIVES, EVEN)
MOST_READ = 2000  # profiles that the quality of the questions is worked out from


def release(*, on: date) -> int:
    """Tell anew what moves whom, and what was given in the month before `on`.

    Returns how many profiles were counted.
    """
    teams = dict(
        Member.objects.filter(state=Member.State.ACTIVE).values_list("pk", "team")
    )
    places = [Place(t.pk, t.parent_id, t.path) for t in Team.objects.order_by("path")]
    said = list(all_said(teams))
    rows: list[Row] = [
        (teams[pk], {0: found.strongest})
        for pk, one in said
        if (found := scores(one)) is not None
    ]
    told = counted(rows, [Asked(0, STRONGEST.name, FEWEST_TOLD)], places).tallies
    new = {team: tuple(tally[m] for m in NAMES) for (_q, team), tally in told.items()}
    with transaction.atomic():
        _keep(new, places, on=on, said=[one for _pk, one in said])
        _tell_given(teams, places, month=(on - timedelta(days=1)).replace(day=1))
    return len(said)


def _keep(
    new: Mapping[int | None, Figure],
    places: list[Place],
    *,
    on: date,
    said: list[dict[str, str]],
) -> None:
    rows = {row.team_id: row for row in MotiveShare.objects.select_for_update()}
    released = {
        team: tuple(getattr(row, name) for name in NAMES) for team, row in rows.items()
    }
    again = renewed(new, released, places)
    for team in again:
        row = rows.setdefault(team, MotiveShare(team_id=team))
        row.on = on
        for name, number in zip(NAMES, new[team], strict=True):
            setattr(row, name, number)
        if team is None:
            some = SystemRandom().sample(said, min(len(said), MOST_READ))
            row.quality = quality_of(some)
    for team, row in rows.items():
        row.shown = team in new
        row.save()


def _tell_given(
    teams: Mapping[int, int | None], places: list[Place], *, month: date
) -> None:
    """How much of each kind, by team and all below it; none of fewer than K people."""
    until = following(month)
    people = _summed(Counter(teams.values()), places)
    rows = []
    for kind in KINDS:
        times = Counter(
            member
            for one in GIVEN
            if one.kind == kind
            for member in given(one, since=midnight(month), until=midnight(until))
            if member in teams
        )
        acts: Counter[int | None] = Counter()
        for member, number in times.items():
            acts[teams[member]] += number
        whole = _summed(acts, places)
        rows += [
            GivenShare(
                month=month,
                kind=kind,
                team_id=team,
                per_hundred=round(100 * whole[team] / people[team]),
            )
            for team in _shown(times, teams, places)
        ]
    GivenShare.objects.all().delete()
    GivenShare.objects.bulk_create(rows, batch_size=1000)


def _shown(
    members: Iterable[int], teams: Mapping[int, int | None], places: list[Place]
) -> list[int | None]:
    """Of which teams it may be told what these members were given."""
    own: dict[int | None, list[int]] = defaultdict(list)
    for member in members:
        own[teams[member]].append(member)
    inside: dict[int | None, list[int]] = defaultdict(list)
    for place in places:
        inside[place.parent].append(place.id)

    def node(team: int | None) -> Node:
        return Node(team or "all", frozenset(own[team]), tuple(map(node, inside[team])))

    keys = may_be_shown(node(None), K)
    found: list[int | None] = [one.id for one in places if one.id in keys]
    return [None, *found] if "all" in keys else found


def _summed(
    numbers: Mapping[int | None, int], places: list[Place]
) -> Counter[int | None]:
    """Of each team with all below it; None: of all."""
    found: Counter[int | None] = Counter({None: sum(numbers.values())})
    for place in places:
        for part in place.path.strip("/").split("/"):
            found[int(part)] += numbers.get(place.id, 0)
    return found
