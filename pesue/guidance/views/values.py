"""A value's page, values all at once, and the workshop."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.guidance import access
from pesue.guidance.actions import values as actions
from pesue.guidance.behaving import values_read
from pesue.guidance.forms import ValuesForm, WorkshopForm
from pesue.guidance.lived import LIVED
from pesue.guidance.queries import values as queries
from pesue.people.access import MemberRequest, signed_in
from pesue.surveys import queries as surveyed


@signed_in
def value(request: MemberRequest, value_id: int) -> HttpResponse:
    found = access.value(value_id)
    lived = queries.lived()
    context = {
        "page": queries.page(found, request.user),
        "result": lived.by_value.get(found.pk),
        "survey": lived.survey,
        "may_write": access.may_write(request.user),
    }
    return render(request, "guidance/value.html", context)


@access.writers
def values_import(request: MemberRequest) -> HttpResponse:
    """Paste, look, keep."""
    form = ValuesForm(request.POST or None)
    read = values_read(form.cleaned_data["text"]) if form.is_valid() else []
    if read and "keep" in request.POST:
        added = actions.take_in(read)
        said = ngettext("%(added)d value added.", "%(added)d values added.", added)
        messages.success(request, said % {"added": added})
        return redirect("guidance")
    context = {"form": form, "read": read}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "guidance/values_import.html", context, status=status)


@access.writers
def workshop(request: MemberRequest) -> HttpResponse:
    """Begin one; those held before."""
    today = localdate(now())
    form = WorkshopForm(request.POST or None, today=today)
    if form.is_valid():
        given = form.cleaned_data
        actions.ask_whether_lived(
            list(given["values"]),
            title=_("Are our values lived?"),
            opens=today,
            closes=given["closes"],
            teams=list(given["teams"]),
            by=request.user,
        )
        messages.success(request, _("Asked. Colleagues see it on this page."))
        return redirect("guidance")
    context = {"form": form, "held": surveyed.surveys(LIVED.name)[:12], "today": today}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "guidance/workshop.html", context, status=status)
