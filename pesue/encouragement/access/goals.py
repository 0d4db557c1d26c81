"""Who may reach which rows of this room; the only way from a request to one."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.encouragement.models import Boards, Goal, LeagueTeam, Player
from pesue.people.access import Role, leads_all, needs, teams_of, within
from pesue.people.models import Member, Team

leads = needs(Role.LEAD)  # of the whole or some of it; others get 403


def boards() -> Boards:
    """Which boards are open; none where nobody has said so."""
    return Boards.objects.filter(pk=1).first() or Boards()


def teams_led(member: Member) -> QuerySet[Team]:
    """The teams for which the member may set goals."""
    return Team.objects.filter(_led(member, "path"))


def goals_led(member: Member) -> QuerySet[Goal]:
    """Goals of the teams the member leads; those of the whole for who leads it."""
    rows = Goal.objects.select_related("team", "by").order_by("-ends", "-pk")
    return rows if leads_all(member) else rows.filter(_led(member, "team__path"))


def goal_led(member: Member, goal_id: int) -> Goal:
    return get_object_or_404(goals_led(member), pk=goal_id)


def team_to_set_for(member: Member, team: Team | None) -> Team | None:
    """The team itself; the whole is for those who lead it. PermissionDenied, or 404."""
    if team is None:
        if not leads_all(member):
            raise PermissionDenied
        return None
    return team_led(member, team.pk)


def team_led(member: Member, team_id: int) -> Team:
    return get_object_or_404(teams_led(member), pk=team_id)


def leagues_led(member: Member) -> QuerySet[LeagueTeam]:
    rows = LeagueTeam.objects.select_related("team").order_by("team__name")
    return rows.filter(_led(member, "team__path"))


def open_board() -> None:
    """404 where there is no board of people."""
    if not boards().people:
        raise Http404


def own_player(member: Member) -> Player | None:
    """The member on the board; None: not on it."""
    return Player.objects.filter(member=member).first()


def _led(member: Member, field: str) -> Q:
    return within(teams_of(member, Role.LEAD), field)
