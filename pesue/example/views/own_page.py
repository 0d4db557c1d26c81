from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from pesue.example.access import own_page as access
from pesue.example.actions.own_page import SlugTaken, keep
from pesue.example.forms.own_page import OwnPageForm
from pesue.people.access import MemberRequest, signed_in


@signed_in
def own_page(request: MemberRequest) -> HttpResponse:
    """My page on the web: on or off, and what stands on it."""
    form = OwnPageForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            kept = keep(request.user, form.wanted(), now=now())
        except SlugTaken:
            form.add_error(
                "slug", _("This address is somebody's, or was. Choose another.")
            )
        else:
            said = _("Everybody can see it now.") if kept.shown else _("Saved.")
            messages.success(request, said)
            return redirect("own-page")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = access.own_page(request.user)
    context = {"form": form, "page": page, "site": settings.ADDRESS}
    return render(request, "example/own_page.html", context, status=status)
