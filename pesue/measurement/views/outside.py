"""Numbers from outside: bring a file, see what it holds, keep it or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.foundation.uploads import too_large
from pesue.measurement import access
from pesue.measurement.actions import outside as actions
from pesue.measurement.forms.outside import FORMS, BringForm, SenderForm
from pesue.measurement.models import OutsideFile
from pesue.measurement.outside.found import Found
from pesue.measurement.outside.samples import SAMPLES
from pesue.measurement.outside.words import LEFT_OUT, PROBLEMS
from pesue.measurement.queries import outside as found
from pesue.people.access import MemberRequest


@require_safe
@access.leads
def outside(request: MemberRequest) -> HttpResponse:
    """Three kinds of numbers, each with its form; and what was brought so far."""
    return page(request)


@require_POST
@access.leads
def bring(request: MemberRequest, what: str) -> HttpResponse:
    """Read the file at once; nothing is kept before a yes."""
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST, request.FILES)
    if "file" in too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", _("The file is too large. Split it into smaller ones."))
    if not form.is_valid():
        return page(request, {what: form})
    file = form.cleaned_data["file"]
    read = actions.brought(
        what, file.chunks(), form.said(), name=file.name, by=request.user, now=now()
    )
    return redirect("outside-file", read.pk)


@require_safe
@access.leads
def file(request: MemberRequest, file_id: int) -> HttpResponse:
    """What was recognised, what was not; then whether it was kept."""
    read = access.outside_file(file_id)
    told = read.told if read.found else None
    about = {
        "file": read,
        "told": told,
        "days": told.every_day if told else [],
        "left": _left(told) if told else [],
        "bad": _bad(told) if told else [],
        "sites": sorted(told.days) if told else [],
    }
    return render(request, "measurement/outside_file.html", about)


@require_POST
@access.leads
def answer(request: MemberRequest, file_id: int) -> HttpResponse:
    """Yes, keep it; or not now."""
    read = access.outside_file(file_id)
    try:
        if "withdraw" in request.POST:
            actions.withdraw(read, now=now())
        else:
            actions.keep(read, now=now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("outside-file", read.pk)


@require_safe
@access.leads
def sample_csv(request: MemberRequest, what: str) -> HttpResponse:
    """A file as we like it best, in the reader's language."""
    if what not in SAMPLES:
        raise Http404
    written = SAMPLES[what].get(request.user.language, SAMPLES[what]["en"])
    answer = HttpResponse("\ufeff" + written, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pesue-{what}.csv"'
    return answer


@dataclass(frozen=True)
class Part:
    what: str
    name: str | Promise
    form: BringForm


def page(
    request: MemberRequest,
    filled: dict[str, BringForm] | None = None,
    sender: SenderForm | None = None,
) -> HttpResponse:
    """The page of all of them; a form that was filled in wrongly stands as it was."""
    parts = [
        Part(
            what,
            OutsideFile.What(what).label,
            (filled or {}).get(what) or make(auto_id=f"{what}_%s"),
        )
        for what, make in FORMS.items()
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if filled or sender else HTTPStatus.OK
    about = {
        "parts": parts,
        "files": found.files(),
        "senders": found.senders(),
        "letting": sender or SenderForm(auto_id="sender_%s"),
    }
    return render(request, "measurement/outside.html", about, status=status)


def _left(told: Found) -> list[tuple[str, int]]:
    return [(str(LEFT_OUT[why]), number) for why, number in told.left.items() if number]


def _bad(told: Found) -> Iterator[tuple[int, str]]:
    for line, why, about in told.bad:
        yield line, str(PROBLEMS[why]).format(about=about)
