"""Our trials for other organisations, theirs for us: for leads of the whole."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.measurement import access
from pesue.measurement.actions import exchange
from pesue.measurement.calibrated import WORDS, Measured
from pesue.measurement.pooled import FEWEST, Common
from pesue.measurement.queries import exchange as queries
from pesue.measurement.queries.evidence import tried
from pesue.measurement.views.trials import unit_of
from pesue.people.access import MemberRequest
from pesue.surveys.actions import NotDone
from pesue.surveys.forms.benchmarks import AboutForm, BringForm
from pesue.trials.levers import LEVERS, OUTCOMES


@dataclass(frozen=True)
class Row:
    """A lever, in words."""

    lever: str
    outcome: str
    found: Common
    mean: str = ""
    here: str = ""
    said: str = ""


@access.leads
def others(request: MemberRequest) -> HttpResponse:
    """What trials came to in all houses, our files, those of others, and one more."""
    which = request.POST.get("do")
    telling = AboutForm(request.POST if which == "tell" else None)
    bringing = (
        BringForm(request.POST, request.FILES) if which == "bring" else BringForm()
    )
    if _told(request, telling) or _brought(request, bringing):
        return redirect("trials-others")
    errors = telling.errors or bringing.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    about = {
        "rows": [_row(one) for one in queries.in_common(tried())],
        "told": queries.told(),
        "houses": queries.houses(),
        "telling": telling,
        "bringing": bringing,
        "fewest": FEWEST,
    }
    return render(request, "measurement/others.html", about, status=status)


def _told(request: MemberRequest, form: AboutForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        exchange.tell(
            size=given["size"], country=given["country"], by=request.user, now=now()
        )
    except NotDone as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The file is made. Download it below."))
    return True


def _brought(request: MemberRequest, form: BringForm) -> bool:
    if not form.is_valid():
        return False
    try:
        exchange.bring(form.cleaned_data["file"].read(), by=request.user, now=now())
    except NotDone as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(request, _("Taken in. It is read together with ours now."))
    return True


def _row(one: Common) -> Row:
    about = one.about
    lever = LEVERS.get(about.lever)
    return Row(
        str(lever.title) if lever else about.lever,
        str(OUTCOMES.get(about.outcome, about.outcome)),
        one,
        _range(one.mean, about.outcome),
        _range(one.here, about.outcome),
        str(WORDS[one.said]),
    )


def _range(found: Measured | None, outcome: str) -> str:
    if found is None:
        return ""
    unit = unit_of(outcome)
    low, high = unit.told(found.low, sign=True), unit.told(found.high, sign=True)
    ends = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return f"{unit.told(found.estimate, sign=True)} ({ends})"


@require_safe
@access.leads
def download(request: MemberRequest, file_id: int) -> HttpResponse:
    found = access.told_trials(file_id)
    answer = HttpResponse(found.text, content_type="application/json")
    name = f"pesue-trials-{found.at:%Y-%m-%d}-{found.pk}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@access.leads
def remove(request: MemberRequest, house_id: int) -> HttpResponse:
    exchange.remove(access.house_trials(house_id))
    messages.success(request, _("It is no longer read together with ours."))
    return redirect("trials-others")
