"""Whether ours can be followed from the fediverse: for administrators."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.doors import access
from pesue.doors.actions import actors
from pesue.doors.forms import NameForm
from pesue.foundation.site import host
from pesue.people.access import MemberRequest, admin_of_all

SHOWN = 50  # inboxes that fail


@admin_of_all
def fediverse(request: MemberRequest) -> HttpResponse:
    """The name of the house, and how its followers' servers are reached."""
    form = NameForm(request.POST or None)
    if form.is_valid():
        try:
            actors.open_house(form.cleaned_data["name"], now=now())
        except actors.NameTaken:
            form.add_error("name", _("It is taken, or was. Choose another."))
        else:
            messages.success(request, _("It can be followed now."))
            return redirect("fediverse")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {
        "form": form,
        "house": access.the_house(),
        "host": host(),
        "secure": settings.ADDRESS.startswith("https://"),
        "followers": access.follower_count(),
        "failing": access.failing()[:SHOWN],
    }
    return render(request, "doors/fediverse.html", about, status=status)


@require_POST
@admin_of_all
def new_keys(request: MemberRequest) -> HttpResponse:
    actors.let_go_of_keys()
    messages.success(request, _("New keys are being made. Servers will be told."))
    return redirect("fediverse")


@require_POST
@admin_of_all
def close(request: MemberRequest) -> HttpResponse:
    actors.close_house(now=now())
    messages.success(request, _("Nobody can follow any more. Servers are told."))
    return redirect("fediverse")
