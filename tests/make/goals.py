from datetime import date, datetime
from typing import Any

from pesue.content.models import Story
from pesue.encouragement.models import Boards, Goal, LeagueTeam, Player
from pesue.people.models import Member, Team
from tests.make import NOON
from tests.make.content import a_story
from tests.make.people import a_member, a_team


def a_goal(team: Team | None = None, **fields: Any) -> Goal:
    """Twenty people of a team, or of all, in the four weeks from NOON's day on."""
    return Goal.objects.create(
        **{
            "team": team,
            "what": Goal.What.GOOD,
            "target": 20,
            "begins": date(2026, 3, 2),
            "ends": date(2026, 3, 29),
            "made_at": NOON,
            "state": Goal.State.RUNNING,
            "state_since": NOON,
            **fields,
        }
    )


def open_boards() -> Boards:
    return Boards.objects.create(pk=1, leagues=True, people=True)


def a_league_team(team: Team | None = None, **fields: Any) -> LeagueTeam:
    return LeagueTeam.objects.create(
        team=team or a_team(), **{"work": "desk", "joined_at": NOON, **fields}
    )


def a_player(member: Member | None = None, nickname: str = "", **fields: Any) -> Player:
    member = member or a_member()
    return Player.objects.create(
        member=member,
        nickname=nickname or f"Kettu {member.pk}",
        **{"joined_at": NOON, **fields},
    )


def an_accepted_story(author: Member, at: datetime = NOON) -> Story:
    return a_story(author=author, state=Story.State.ACCEPTED, accepted_at=at)


def encouraged(member: Member) -> None:
    """The member in every table of goals and boards."""
    a_goal(by=member)
    a_league_team(by=member)
    a_player(member)
