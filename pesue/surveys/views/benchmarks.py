"""Our figures for others, theirs for us: for those who lead the whole organisation."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.people.access import MemberRequest
from pesue.stats.noise import YEARLY
from pesue.surveys import access
from pesue.surveys.actions import NotDone, benchmarks
from pesue.surveys.comparing import FEWEST
from pesue.surveys.forms.benchmarks import BringForm, ExportForm
from pesue.surveys.queries import benchmarks as queries


@access.leads
def others(request: MemberRequest) -> HttpResponse:
    """What can be compared, our files, those of others, and a form for one more."""
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    if posted and form.is_valid():
        raw = form.cleaned_data["file"].read()
        try:
            benchmarks.bring(raw, by=request.user, now=now())
        except NotDone as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Taken in. It stands beside ours now."))
            return redirect("benchmark")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {
        "kinds": queries.places(),
        "exports": queries.exports(),
        "to_export": queries.can_be_exported()[:20],
        "neighbours": queries.neighbours(),
        "form": form,
        "fewest": FEWEST,
    }
    return render(request, "surveys/others.html", about, status=status)


@access.leads
def export(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Make the file of one survey, once."""
    survey = access.survey_of(survey_id)
    form = ExportForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            benchmarks.export(survey, **given, by=request.user, now=now())
        except NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is made. Download it below."))
            return redirect("benchmark")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    left = YEARLY - benchmarks.spent(now())
    about = {"survey": survey, "form": form, "left": max(0, left), "whole": YEARLY}
    return render(request, "surveys/export.html", about, status=status)


@require_safe
@access.leads
def download(request: MemberRequest, export_id: int) -> HttpResponse:
    found = access.export_of(request.user, export_id)
    answer = HttpResponse(found.text, content_type="application/json")
    name = f"pesue-benchmark-{found.at:%Y-%m-%d}-{found.pk}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@access.leads
def remove(request: MemberRequest, neighbour_id: int) -> HttpResponse:
    benchmarks.remove(access.neighbour_of(request.user, neighbour_id))
    messages.success(request, _("It is no longer beside ours."))
    return redirect("benchmark")


@require_safe
@access.leads
def compared(request: MemberRequest, name: str) -> HttpResponse:
    place, rows = queries.compared(access.questionnaire(name))
    about = {"place": place, "rows": rows, "fewest": FEWEST}
    return render(request, "surveys/compared.html", about)
