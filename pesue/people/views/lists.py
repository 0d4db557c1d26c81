"""Lists of people: brought in, and taken out."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pesue.people import queries
from pesue.people.access import (
    MemberRequest,
    Role,
    admin_of_all,
    an_import,
    imports_seen,
    managed_members,
    managed_teams,
    needs,
)
from pesue.people.actions import imports, looks
from pesue.people.actions.members import leave_all
from pesue.people.actions.refusals import Refused
from pesue.people.forms import ConfirmForm, SearchForm, UploadForm
from pesue.people.views.members import number


@admin_of_all
def import_people(request: MemberRequest) -> HttpResponse:
    """Bring a file; the lists brought before."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = imports.upload(
                file.chunks(), name=file.name, by=request.user, now=now()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("people-import", batch.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"form": form, "imports": imports_seen()[:20]}
    return render(request, "people/imports.html", about, status=status)


@require_GET
@admin_of_all
def people_import(request: MemberRequest, import_id: int) -> HttpResponse:
    """How far it is; then what it would do; then what it did."""
    batch = an_import(import_id)
    bad = Paginator(queries.bad_rows(batch), 50).get_page(request.GET.get("page"))
    about = {
        "batch": batch,
        "bad": bad,
        "sample": queries.good_rows(batch)[:10],
        "new_teams": queries.new_teams(batch) if batch.state == "checked" else [],
        "form": ConfirmForm(),
    }
    return render(request, "people/import.html", about)


@require_POST
@admin_of_all
def answer_import(request: MemberRequest, import_id: int) -> HttpResponse:
    """Yes, take them in; or not now."""
    batch = an_import(import_id)
    form = ConfirmForm(request.POST)
    try:
        if "withdraw" in request.POST:
            imports.withdraw(batch, now=now())
        elif form.is_valid():
            imports.confirm(batch, **form.cleaned_data, now=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people-import", batch.pk)


@admin_of_all
def missing(request: MemberRequest, import_id: int) -> HttpResponse:
    """Members who are not on the list: shown, and gone only if one says so."""
    batch = an_import(import_id)
    if request.method == "POST":
        ids = [int(pk) for pk in request.POST.getlist("left") if pk.isdecimal()]
        left = leave_all(managed_members(request.user), ids[: queries.PAGE], now=now())
        messages.success(request, _("Done: {number}").format(number=left))
        return redirect(request.get_full_path())
    page = queries.page(
        queries.missing_from(batch, managed_members(request.user)),
        after=number(request, "after"),
        before=number(request, "before"),
    )
    about = {"batch": batch, "page_of": page}
    return render(request, "people/missing.html", about)


@require_POST
@needs(Role.ADMIN)
def export_people(request: MemberRequest) -> StreamingHttpResponse:
    """The members one administers as CSV; those on the list can see it was taken."""
    form = SearchForm(managed_teams(request.user), request.POST)
    team = form.cleaned_data.get("team") if form.is_valid() else None
    found = queries.search(managed_members(request.user), words="", team=team, state="")
    looks.note_export(request.user, team, now=now())
    response = StreamingHttpResponse(
        queries.as_csv(found, request.user.language),
        content_type="text/csv; charset=utf-8",
    )
    name = f"pesue-{localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
