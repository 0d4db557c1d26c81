"""The member's own settings."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.people.access import MemberRequest, signed_in
from pesue.people.actions import members
from pesue.people.forms import PauseForm, SettingsForm


@signed_in
def settings(request: MemberRequest) -> HttpResponse:
    """Name, language, part; and the ways to everything else that is one's own."""
    member = request.user
    now_so = {"name": member.name, "language": member.language, "part": member.part}
    form = SettingsForm(request.POST or None, initial=now_so)
    if form.is_valid():
        members.settle(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    pause = PauseForm(initial={"until": request.user.paused_until})
    return render(
        request, "people/settings.html", {"form": form, "pause": pause}, status=status
    )


@require_POST
@signed_in
def pause(request: MemberRequest) -> HttpResponse:
    """No nudges before a day; without one, the pause ends."""
    form = PauseForm(request.POST)
    if form.is_valid():
        members.rest(request.user, until=form.cleaned_data["until"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, str(form.errors["until"][0]))
    return redirect("settings")
