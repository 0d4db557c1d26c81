"""Opening boards, and being on one or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.encouragement.access import goals as access
from pesue.encouragement.actions import boards as actions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.forms.boards import BoardsForm, LeagueForm, PlayerForm
from pesue.encouragement.views.goals import goals_page, lead_page
from pesue.people.access import MemberRequest, leads_whole, signed_in


@require_POST
@leads_whole
def boards(request: MemberRequest) -> HttpResponse:
    """Which boards there are; all are closed until somebody opens one."""
    form = BoardsForm(request.POST)
    if form.is_valid():
        actions.open_boards(**form.cleaned_data)
        messages.success(request, _("Saved."))
    return redirect("goals-lead")


@require_POST
@access.leads
def league_join(request: MemberRequest) -> HttpResponse:
    form = LeagueForm(access.teams_led(request.user), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.join_league(data["team"], data["work"], by=request.user, now=now())
        except NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The team is in. Tell them so."))
            return redirect("goals-lead")
    return lead_page(request, form)


@require_POST
@access.leads
def league_leave(request: MemberRequest, team_id: int) -> HttpResponse:
    actions.leave_league(access.team_led(request.user, team_id))
    messages.success(request, _("The team is out."))
    return redirect("goals-lead")


@require_POST
@signed_in
def play(request: MemberRequest) -> HttpResponse:
    """On the board under a name of one's own, or off it at once."""
    if "leave" in request.POST:
        actions.stop_playing(request.user)
        messages.success(request, _("You are off the board. Nothing of it is kept."))
        return redirect("goals")
    access.open_board()
    form = PlayerForm(request.POST)
    if form.is_valid():
        try:
            actions.play(request.user, form.cleaned_data["nickname"], now=now())
        except NotDone as refusal:
            form.add_error("nickname", str(refusal))
        else:
            messages.success(request, _("You are on the board."))
            return redirect("goals")
    return goals_page(request, form)
