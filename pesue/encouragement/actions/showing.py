"""What a member sees of goals and boards, and that it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from pesue.encouragement.levers import GOALS, LEAGUE, PLAYERS
from pesue.encouragement.models import Boards
from pesue.encouragement.queries import boards as queries
from pesue.encouragement.queries.goals import Bar, nearest, ours
from pesue.people.models import Member
from pesue.trials.actions import met
from pesue.trials.queries import has


@dataclass(frozen=True)
class Shown:
    bars: Sequence[Bar]
    league: queries.League | None
    board: queries.Board | None  # None: there is none for this member

    @property
    def nothing(self) -> bool:
        return not self.bars and self.league is None and self.board is None


def open_goals(member: Member, boards: Boards, *, now: datetime) -> Shown:
    """What there is for the member to see; each where it is not being rolled out, or
    has come to them."""
    today = localdate(now)
    bars = ours(member, today=today) if has(GOALS.key, member, now) else ()
    if bars:
        met(GOALS.key, member, now)
    league = None
    if boards.leagues and has(LEAGUE.key, member, now):
        league = queries.league_of(member, today=today)
    if league:
        met(LEAGUE.key, member, now)
    board = None
    if boards.people and has(PLAYERS.key, member, now):
        board = queries.board(today=today)
        met(PLAYERS.key, member, now)
    return Shown(bars, league, board)


def goal_of_today(member: Member, *, now: datetime) -> Bar | None:
    """The one bar that Today has room for."""
    if not has(GOALS.key, member, now):
        return None
    bar = nearest(member, today=localdate(now))
    if bar:
        met(GOALS.key, member, now)
    return bar
