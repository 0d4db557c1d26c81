"""The tree of teams, and the organisation itself."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.people import queries
from pesue.people.access import (
    MemberRequest,
    Role,
    admin_of_all,
    house,
    managed_team,
    managed_teams,
    needs,
    places_for,
    runs_all,
)
from pesue.people.actions import teams as actions
from pesue.people.actions.refusals import Refused
from pesue.people.forms import OrganisationForm, TeamChangeForm, TeamForm


@needs(Role.ADMIN)
def teams(request: MemberRequest) -> HttpResponse:
    """All teams one administers, and a form for one more."""
    mine = managed_teams(request.user)
    form = TeamForm(mine, request.POST or None)
    if form.is_valid() and _may_be_there(request, form):
        try:
            actions.add(**form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("teams")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"teams": queries.tree(queries.with_sizes(mine)), "form": form}
    return render(request, "people/teams.html", about, status=status)


@needs(Role.ADMIN)
def team(request: MemberRequest, team_id: int) -> HttpResponse:
    """Rename a team, move it, give it hours of its own."""
    shown = managed_team(request.user, team_id)
    fields = ["name", "parent", "open_from", "open_until"]
    initial = {field: getattr(shown, field) for field in fields}
    places = places_for(request.user, shown)
    form = TeamChangeForm(places, request.POST or None, initial=initial)
    at_top = shown.parent_id is None
    if form.is_valid() and (at_top or _may_be_there(request, form)):
        try:
            actions.change(shown, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("teams")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"team": shown, "form": form}
    return render(request, "people/team.html", about, status=status)


@require_POST
@needs(Role.ADMIN)
def remove(request: MemberRequest, team_id: int) -> HttpResponse:
    shown = managed_team(request.user, team_id)
    try:
        actions.remove(shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("team", team_id)
    messages.success(request, _("Removed."))
    return redirect("teams")


@admin_of_all
def organisation(request: MemberRequest) -> HttpResponse:
    """The organisation's name, language, colour and hours."""
    form = OrganisationForm(request.POST or None, instance=house())
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("organisation")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/organisation.html", {"form": form}, status=status)


def _may_be_there(request: MemberRequest, form: TeamForm) -> bool:
    """Whether the wanted place is one's own: the top is the whole house's."""
    if form.cleaned_data["parent"] is None and not runs_all(request.user):
        form.add_error("parent", _("Choose one of your teams."))
        return False
    return True
