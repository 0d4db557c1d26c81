"""Counting the boards: each month begins anew."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from pesue.encouragement.leagues import Standing, size, upper_half
from pesue.encouragement.models import Goal, LeagueTeam, Player
from pesue.encouragement.queries.good import deeds, own_works
from pesue.people.models import Member

EVERY = timedelta(hours=1)
BATCH = 500


def count_leagues(now: datetime) -> int:
    """Say anew which teams are in the upper half of their league, once an hour.

    Returns how many teams it counted.
    """
    month = localdate(now).replace(day=1)
    stale = Q(counted_at=None) | Q(counted_at__lt=now - EVERY) | ~Q(month=month)
    if not LeagueTeam.objects.filter(stale).exists():
        return 0
    teams = list(LeagueTeam.objects.order_by("pk"))
    standings = _standings({one.team_id for one in teams}, month, localdate(now))
    leagues: dict[str, list[Standing]] = defaultdict(list)
    for one in teams:
        standing = standings[one.team_id]
        least = size(standing.people)
        one.league = f"{one.work} {least}" if least else ""
        if least:
            leagues[one.league].append(standing)
    places = {
        team: place for those in leagues.values() for place, team in upper_half(those)
    }
    for one in teams:
        one.place = places.get(one.team_id)
        one.month, one.counted_at = month, now
    fields = ["league", "place", "month", "counted_at"]
    LeagueTeam.objects.bulk_update(teams, fields, batch_size=BATCH)
    return len(teams)


def count_players(now: datetime) -> int:
    """Count what those on the board of people did this month, once an hour.

    Returns how many it counted.
    """
    today = localdate(now)
    month = today.replace(day=1)
    stale = Q(counted_at=None) | Q(counted_at__lt=now - EVERY)
    due = list(Player.objects.filter(stale).order_by("pk")[:BATCH])
    works = own_works([one.member_id for one in due], month, today) if due else {}
    alike: dict[int, list[int]] = defaultdict(list)
    for one in due:
        alike[works.get(one.member_id, 0)].append(one.pk)
    for many, those in alike.items():  # who has left meanwhile is no row to update
        rows = Player.objects.filter(pk__in=those)
        rows.update(works=many, month=month, counted_at=now)
    return len(due)


def _standings(teams: set[int], first: date, last: date) -> dict[int, Standing]:
    """Of each team: its people and all below it, and those who did something good."""
    good = {one.member for one in deeds(Goal.What.GOOD, first, last)}
    people: Counter[int] = Counter()
    did: Counter[int] = Counter()
    for member, path in _paths().iterator(5000):
        for team in teams.intersection(map(int, path.strip("/").split("/"))):
            people[team] += 1
            did[team] += member in good
    return {team: Standing(team, people[team], did[team]) for team in teams}


def _paths() -> "QuerySet[Member, tuple[int, str]]":
    here = Member.objects.filter(state=Member.State.ACTIVE, team__isnull=False)
    return here.order_by().values_list("pk", "team__path")
