"""A month's report: the page, its files, its costs, and who else may read it."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pesue.measurement import access
from pesue.measurement.actions import reports as actions
from pesue.measurement.advice import advise
from pesue.measurement.forms.costs import CostForm
from pesue.measurement.periods import DAY, Month
from pesue.measurement.queries import evidence, reports
from pesue.measurement.report import figures
from pesue.measurement.report.known import Known
from pesue.measurement.report.letter import Letter, letter
from pesue.measurement.report.paper import paper
from pesue.measurement.report.picture import png
from pesue.measurement.report.plots import plots
from pesue.measurement.report.wording import sections
from pesue.people.access import MemberRequest, house

Query = dict[str, Any]


@require_safe
@access.leads
def report(request: MemberRequest) -> HttpResponse:
    """One month: what is known and how, what it cost, what to do next."""
    return _page(request, _chosen(request))


def _chosen(request: HttpRequest) -> Month | None:
    """The month that was asked for, else the newest; None: none is over."""
    months = reports.months(localdate(now()))
    wanted = request.POST.get("month") or request.GET.get("month", "")
    newest = months[0] if months else None
    return next((month for month in months if str(month) == wanted), newest)


def _needed(request: HttpRequest) -> Month:
    month = _chosen(request)
    if month is None:
        raise Http404
    return month


def _page(
    request: MemberRequest, month: Month | None, form: CostForm | None = None
) -> HttpResponse:
    if month is None:
        return render(request, "measurement/report.html", {"known": None})
    today = localdate(now())
    ground = evidence.ground(today)
    aside = evidence.put_aside(request.user)
    known = reports.known(month, advice=advise(ground, aside))
    opened = reports.opened(month)
    scenario = "scenario" in request.GET
    costs = form or CostForm(initial=_initial(month))
    return render(
        request,
        "measurement/report.html",
        {
            **_told(known, scenario=scenario),
            "months": [
                (str(one), figures.month_name(one)) for one in reports.months(today)
            ],
            "scenario": scenario,
            "print": "print" in request.GET,
            "letters": _letters(known, ground, aside),
            "form": costs,
            "opened": opened,
            "address": _address(opened.token) if opened else "",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if costs.errors else HTTPStatus.OK,
    )


def _initial(month: Month) -> Query:
    """What was entered; what is new in a month is begun at what it was before."""
    row = reports.costs_before(month)
    if row is None:
        return {}
    told = {name: getattr(row, name) for name in CostForm.Meta.fields}
    return told if row.begins == month.begins else {**told, "rewards": 0}


def _told(known: Known, *, scenario: bool = False) -> Query:
    return {
        "known": known,
        "month_name": figures.month_name(known.month),
        "last_day": known.month.ends - DAY,
        "sections": sections(known, scenario=scenario),
        "plots": plots(known),
    }


@dataclass(frozen=True)
class Written:
    language: str
    name: str
    letter: Letter


def _letters(known: Known, ground: Any, aside: frozenset[str]) -> list[Written]:
    """In every language of the house; that of the reader first."""
    found = []
    mine = (get_language() or "en")[:2]
    codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != mine)
    for code in codes:
        name = str(dict(settings.LANGUAGES)[code])
        with translation.override(code):
            told = replace(known, advice=advise(ground, aside))
            found.append(Written(code, name, letter(told)))
    return found


def _address(token: str) -> str:
    return f"{settings.ADDRESS}{reverse('report-open', args=[token])}"


@require_safe
@access.leads
def report_pdf(request: MemberRequest) -> HttpResponse:
    return _pdf(reports.known(_needed(request)), scenario="scenario" in request.GET)


def _pdf(known: Known, *, scenario: bool = False) -> HttpResponse:
    month = figures.month_name(known.month)
    under = _("The whole weeks from %(first)s to %(last)s.") % {
        "first": figures.day(known.month.begins),
        "last": figures.day(known.month.ends - DAY),
    }
    body = paper(
        _("What telling did: %(month)s") % {"month": month},
        f"{known.home} · {under}",
        sections(known, scenario=scenario),
        plots(known),
        language=(get_language() or "en")[:2],
        home=known.home,
        accent=house().accent,
    )
    return _file(body, "application/pdf", f"pesue-{known.month}.pdf")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@access.leads
def report_picture(request: MemberRequest, key: str) -> HttpResponse:
    """One of the plots, the size of a slide."""
    known = reports.known(_needed(request))
    plot = next((one for one in plots(known) if one.key == key), None)
    if plot is None:
        raise Http404
    foot = f"{known.home} · {figures.month_name(known.month)}"
    body = png(plot, accent=house().accent, foot=foot)
    return _file(body, "image/png", f"pesue-{known.month}-{key}.png")


@require_POST
@access.leads
def report_costs(request: MemberRequest) -> HttpResponse:
    month = _needed(request)
    form = CostForm(request.POST)
    if not form.is_valid():
        return _page(request, month, form)
    actions.enter_costs(month, form.cleaned_data, by=request.user, now=now())
    messages.success(request, _("The costs are kept."))
    return redirect(f"{reverse('report')}?month={month}#costs")


@require_POST
@access.leads
def report_opening(request: MemberRequest) -> HttpResponse:
    """Open it to whoever has the address, or close it again."""
    month = _needed(request)
    if "close" in request.POST:
        actions.close_report(month)
    else:
        actions.open_report(month, by=request.user, now=now())
    return redirect(f"{reverse('report')}?month={month}#others")


@require_POST
@access.leads
def put_aside(request: MemberRequest) -> HttpResponse:
    """Advice that this lead does not want to see again."""
    key = request.POST.get("key", "")
    today = localdate(now())
    if key in {one.key for one in evidence.advice(request.user, today=today)}:
        actions.put_aside(key, member=request.user, now=now())
    if request.POST.get("from") == "desk":
        return redirect("desk")
    month = _chosen(request)
    return redirect(f"{reverse('report')}{f'?month={month}' if month else ''}")


@require_safe
@never_cache
def report_open(request: HttpRequest, token: str) -> HttpResponse:
    """For others, as long as a lead leaves it open: no costs form, letter or advice."""
    known = reports.known(access.open_month(token))
    if "pdf" in request.GET:
        return _pdf(known)
    about = {**_told(known), "print": "print" in request.GET}
    answer = render(request, "measurement/report_open.html", about)
    answer["X-Robots-Tag"] = "noindex"
    return answer
