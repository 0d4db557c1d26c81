"""What can be asked about boards. Nothing is counted here: the worker has done so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pesue.encouragement.leagues import FEWEST
from pesue.encouragement.models import LeagueTeam, Player
from pesue.foundation.counts import K
from pesue.people.models import Member

TOP = 10


@dataclass(frozen=True)
class League:
    """The league that the member's team is in, this month."""

    team: LeagueTeam  # the one the member is in
    upper: Sequence[LeagueTeam]  # the first ten of its upper half, and one's own there
    others: int

    @property
    def enough(self) -> bool:
        """Whether it has teams enough to be one."""
        return len(self.upper) + self.others >= FEWEST

    @property
    def smallest(self) -> str:
        """The least number of people in a team of this league; "" while unknown."""
        return self.team.league.rpartition(" ")[2]


def league_of(member: Member, *, today: date) -> League | None:
    """None where no team that the member is in is in one."""
    if member.team is None:
        return None
    rows = LeagueTeam.objects.filter(team__in=member.team.above())
    mine = rows.select_related("team").first()
    if mine is None:
        return None
    month = today.replace(day=1)
    if mine.month != month or not mine.league:
        return League(mine, (), 0)
    all_of_it = LeagueTeam.objects.filter(month=month, league=mine.league)
    upper = all_of_it.filter(place__isnull=False).select_related("team")
    first = list(upper.order_by("place", "team__name")[:TOP])
    if mine.place and mine.pk not in {one.pk for one in first}:
        first.append(mine)
    return League(mine, first, all_of_it.count() - len(first))


@dataclass(frozen=True)
class Row:
    place: int
    player: Player


@dataclass(frozen=True)
class Board:
    """The first ones of a month; `others` did something, too, without a place."""

    first: Sequence[Row]
    others: int | None  # None: a few, fewer than may be told

    @property
    def hidden(self) -> bool:
        return not self.first


def board(*, today: date) -> Board:
    """The board of people: ten at most, and never more than half of those on it.

    Empty while fewer than five have done something this month.
    """
    month = today.replace(day=1)
    rows = Player.objects.filter(month=month, works__gt=0)
    did = rows.count()
    if did < K:
        return Board((), None)
    here = rows.filter(member__state=Member.State.ACTIVE).order_by("-works", "pk")
    first: list[Row] = []
    for number, player in enumerate(here[: min(TOP, (did + 1) // 2)], start=1):
        tied = first and first[-1].player.works == player.works
        first.append(Row(first[-1].place if tied else number, player))
    others = did - len(first)
    return Board(first, others if others >= K else None)
