"""What we reach together, and what leads set."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.encouragement.access import goals as access
from pesue.encouragement.actions import goals as actions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.actions.showing import open_goals
from pesue.encouragement.forms.boards import BoardsForm, LeagueForm, PlayerForm
from pesue.encouragement.forms.goals import GoalForm
from pesue.encouragement.queries import goals as queries
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, leads_all, signed_in

MOST = 50  # goals on the page of those who set them


@require_safe
@signed_in
def goals(request: MemberRequest) -> HttpResponse:
    """The bars of one's teams; the league and the board, where there are some."""
    return goals_page(request)


def goals_page(request: MemberRequest, form: PlayerForm | None = None) -> HttpResponse:
    found = open_goals(request.user, access.boards(), now=now())
    player = access.own_player(request.user)
    named = {"nickname": player.nickname} if player else {}
    form_shown = form or PlayerForm(initial=named)
    context = {"found": found, "player": player, "form": form_shown}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "encouragement/goals.html", context, status=status)


@require_safe
@access.leads
def goals_lead(request: MemberRequest) -> HttpResponse:
    """Goals of the teams one leads, which of them are in leagues, and the boards."""
    return lead_page(request)


def lead_page(request: MemberRequest, form: LeagueForm | None = None) -> HttpResponse:
    boards = access.boards()
    context = {
        "bars": queries.bars(access.goals_led(request.user)[:MOST]),
        "boards": boards,
        "boards_form": BoardsForm(instance=boards),
        "whole": leads_all(request.user),
        "leagues": access.leagues_led(request.user) if boards.leagues else (),
        "league_form": form or LeagueForm(access.teams_led(request.user)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "encouragement/goals_lead.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads
def goal_new(request: MemberRequest) -> HttpResponse:
    teams, whole = access.teams_led(request.user), leads_all(request.user)
    form = GoalForm(teams, request.POST or None, today=localdate(now()), whole=whole)
    if form.is_valid():
        design = form.design()
        access.team_to_set_for(request.user, design.team)
        try:
            actions.set_goal(design, by=request.user, now=now())
        except NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is set. Those in the team see it now."))
            return redirect("goals-lead")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form}
    return render(request, "encouragement/goal_new.html", context, status=status)


@require_POST
@access.leads
def goal_withdraw(request: MemberRequest, goal_id: int) -> HttpResponse:
    goal = access.goal_led(request.user, goal_id)
    try:
        actions.withdraw(goal, now=now())
        messages.success(request, _("It is withdrawn. Nobody sees it any more."))
    except (ForbiddenMove, LostRace):
        messages.error(request, _("This goal does not run any more."))
    return redirect("goals-lead")
