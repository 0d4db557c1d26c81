"""Inviting people, and coming in by an invitation."""

from datetime import datetime, time
from http import HTTPStatus

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pesue.foundation.moves import LostRace
from pesue.people.access import (
    MemberRequest,
    Role,
    admit,
    invitation_of,
    managed_invitation,
    managed_invitations,
    managed_teams,
    may_invite,
    needs,
    runs_all,
    too_many,
)
from pesue.people.actions import invitations
from pesue.people.actions.refusals import Refused
from pesue.people.forms import AcceptForm, AskForm, CommonLinkForm, InviteForm
from pesue.people.models import Invitation, Member


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by a personal invitation, or prove one's address for a common one."""
    if request.method == "POST" and not consume(request, action="signup"):
        return too_many(request)
    invitation = invitation_of(token)
    if invitation.ends_at <= now() or not invitation.uses_left:
        return render(request, "people/invitation_over.html", status=HTTPStatus.GONE)
    if not invitation.email:
        return _ask(request, invitation)
    initial = {"name": invitation.name, "language": invitation.language}
    form = AcceptForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            member = invitations.accept(invitation, **form.cleaned_data, now=now())
        except (Refused, LostRace) as refusal:
            form.add_error(None, str(refusal))
        else:
            admit(request, member, method="invitation")
            return redirect("today")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"form": form, "invitation": invitation}
    return render(request, "people/accept.html", about, status=status)


def _ask(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """For a link that many hold: who are you? The mail to that address proves it."""
    form = AskForm(request.POST or None, initial={"language": invitation.language})
    if form.is_valid():
        try:
            invitations.ask_by_link(invitation, **form.cleaned_data, now=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            email = form.cleaned_data["email"]
            return render(request, "people/asked.html", {"email": email})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/accept.html", {"form": form}, status=status)


@needs(Role.ADMIN)
def listed(request: MemberRequest) -> HttpResponse:
    """Invitations that are open or were, and forms for new ones."""
    teams = managed_teams(request.user)
    asked = request.POST if request.method == "POST" else None
    one = InviteForm(teams, asked if asked and "email" in asked else None)
    many = CommonLinkForm(teams, asked if asked and "uses" in asked else None)
    form = one if one.is_bound else many
    if form.is_valid() and _is_ones_own(request, form):
        try:
            _make(form, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Made. The link is in the list."))
            return redirect("invitations")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = Paginator(managed_invitations(request.user), 50).get_page(
        request.GET.get("page")
    )
    about = {"page": page, "one": one, "many": many, "now": now()}
    return render(request, "people/invitations.html", about, status=status)


def _is_ones_own(request: MemberRequest, form: InviteForm | CommonLinkForm) -> bool:
    if form.cleaned_data["team"] is None and not runs_all(request.user):
        form.add_error("team", _("Choose one of your teams."))
        return False
    email = form.cleaned_data.get("email")
    if email and not may_invite(request.user, email):
        form.add_error("email", _("They are invited already, into another team."))
        return False
    return True


def _make(form: InviteForm | CommonLinkForm, *, by: Member) -> Invitation:
    wanted = dict(form.cleaned_data)
    if isinstance(form, InviteForm):
        return invitations.invite(**wanted, by=by, now=now())
    last = datetime.combine(wanted.pop("until"), time.max, get_current_timezone())
    return invitations.open_link(**wanted, ends_at=last, by=by, now=now())


@require_POST
@needs(Role.ADMIN)
def end(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """Close an invitation."""
    invitations.end(managed_invitation(request.user, invitation_id), now=now())
    messages.success(request, _("Closed."))
    return redirect("invitations")
