"""Coming in by an invitation."""

from http import HTTPStatus

from allauth.core.ratelimit import consume, respond_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from pesue.foundation.moves import LostRace
from pesue.people.access import admit, invitation_of
from pesue.people.actions import invitations
from pesue.people.actions.refusals import Refused
from pesue.people.forms import AcceptForm, AskForm
from pesue.people.models import Invitation


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by a personal invitation, or prove one's address for a common one."""
    if request.method == "POST" and not consume(request, action="signup"):
        return respond_429(request)
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
