"""Members, as an administrator sees them."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.numbers import row_number
from pesue.people import queries
from pesue.people.access import (
    MemberRequest,
    Role,
    answers_for,
    managed_grant,
    managed_member,
    managed_members,
    managed_teams,
    needs,
    runs_all,
)
from pesue.people.actions import grants, looks, members
from pesue.people.actions.refusals import Refused
from pesue.people.forms import GrantForm, MemberForm, SearchForm
from pesue.people.models import Member


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number from the address; None for anything else."""
    return row_number(request.GET.get(name, ""))


@require_GET
@needs(Role.ADMIN)
def listed(request: MemberRequest) -> HttpResponse:
    """Members by name, found by words, team and state."""
    form = SearchForm(managed_teams(request.user), request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.search(
        managed_members(request.user),
        words=asked.get("q", ""),
        team=asked.get("team"),
        state=asked.get("state", ""),
    )
    page = queries.page(
        found, after=number(request, "after"), before=number(request, "before")
    )
    about = {"form": form, "page_of": page, "runs_all": runs_all(request.user)}
    return render(request, "people/members.html", about)


@needs(Role.ADMIN)
def member(request: MemberRequest, member_id: int) -> HttpResponse:
    """One member's page; opening it is noted where the member sees it."""
    shown = managed_member(request.user, member_id)
    looks.note_page(request.user, shown, now=now())
    form = _form(request, shown, request.POST or None)
    if request.method == "POST" and not answers_for(request.user, shown):
        form.add_error(None, _beyond())
    elif form.is_valid():
        try:
            here = request.session.session_key
            members.change(shown, **form.cleaned_data, here=here, now=now())
        except Refused as refusal:
            form.add_error("email", str(refusal))
            shown.refresh_from_db()
        else:
            messages.success(request, _("Saved."))
            return redirect("member", shown.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "people/member.html", _page(request, shown, form), status=status
    )


def _form(request: MemberRequest, shown: Member, posted: object) -> MemberForm:
    fields = ["name", "email", "title", "leader", "team"]
    initial = {field: getattr(shown, field) for field in fields}
    return MemberForm(
        managed_teams(request.user),
        posted,
        initial=initial,
        everywhere=runs_all(request.user),
    )


def _beyond() -> str:
    return _(
        "They are trusted with more than your teams. Ask an administrator of the "
        "whole organisation."
    )


def _page(request: MemberRequest, shown: Member, form: MemberForm) -> dict[str, object]:
    everywhere = runs_all(request.user)
    return {
        "member": shown,
        "form": form,
        "grants": shown.grants.select_related("team").order_by("role", "pk"),
        "grant_form": GrantForm(managed_teams(request.user), everywhere=everywhere),
    }


@require_POST
@needs(Role.ADMIN)
def move(request: MemberRequest, member_id: int) -> HttpResponse:
    """Leaving, coming back, signing out everywhere, forgetting second factors."""
    shown = managed_member(request.user, member_id)
    if not answers_for(request.user, shown):
        messages.error(request, _beyond())
        return redirect("member", shown.pk)
    try:
        match request.POST.get("to"):
            case "left":
                members.leave(shown, now=now())
            case "back":
                members.come_back(shown, now=now())
            case "out":
                members.end_sessions(shown)
            case "factors":
                members.forget_second_factors(shown)
    except (Refused, LostRace, ForbiddenMove) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("member", shown.pk)


@require_POST
@needs(Role.ADMIN)
def give(request: MemberRequest, member_id: int) -> HttpResponse:
    """Trust the member with a role over a place one administers oneself."""
    shown = managed_member(request.user, member_id)
    form = GrantForm(
        managed_teams(request.user), request.POST, everywhere=runs_all(request.user)
    )
    if not form.is_valid():
        messages.error(request, _("Choose a role and a team."))
        return redirect("member", shown.pk)
    try:
        grants.give(shown, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("member", shown.pk)


@require_POST
@needs(Role.ADMIN)
def take(request: MemberRequest, grant_id: int) -> HttpResponse:
    grant = managed_grant(request.user, grant_id)
    try:
        grants.take(grant)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return redirect("member", grant.member_id)
