"""The laboratory: a mix of rules tried on the past, and then, perhaps, put in force."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from pesue.encouragement.access import rewards as access
from pesue.encouragement.forms.rules import ForceForm, LaboratoryForm
from pesue.encouragement.laboratory import replay
from pesue.encouragement.queries import laboratory as queries
from pesue.encouragement.queries.rules import changes
from pesue.encouragement.red_flags import flags
from pesue.encouragement.views.rules import put_in_force
from pesue.people.access import MemberRequest, leads_whole


@require_http_methods(["GET", "HEAD", "POST"])
@leads_whole
def laboratory(request: MemberRequest) -> HttpResponse:
    """Try it as often as you like: nothing changes until it is put into force."""
    today = localdate(now())
    if request.method == "POST":
        return _put_in_force(request, today)
    form = LaboratoryForm(request.GET or None, today=today)
    context: dict[str, Any] = {"form": form, "has_budgets": access.open_budgets()}
    if form.is_valid():
        context |= _tried(form, today)
        context["force"] = ForceForm(_with_day(request, today), today=today)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "encouragement/laboratory.html", context, status=status)


def _put_in_force(request: MemberRequest, today: date) -> HttpResponse:
    form = ForceForm(request.POST, today=today)
    if put_in_force(request, form):
        return redirect("rules")
    tried = LaboratoryForm({**request.POST.dict(), "months": "6"}, today=today)
    context = {"form": tried, "force": form, "has_budgets": True}
    if tried.is_valid():
        context |= _tried(tried, today)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "encouragement/laboratory.html", context, status=status)


def _with_day(request: MemberRequest, today: date) -> dict[str, Any]:
    return {**request.GET.dict(), "starts_on": today + timedelta(days=1)}


def _tried(form: LaboratoryForm, today: date) -> dict[str, Any]:
    budget, tries = form.cleaned_data["budget"], form.tries()
    begins = queries.months_back(today, int(form.cleaned_data["months"]))
    deeds = queries.deeds((t.fact for t in tries if t.amount), begins=begins, now=now())
    days = (budget.ends - budget.begins).days + 1
    found = replay(deeds, tries, fund=budget.amount, days=days, begins=begins)
    return {
        "found": found,
        "begins": begins,
        "unit": budget.unit,
        "budget": budget,
        "teams": queries.named(found.teams),
        "flags": flags(tries, found, deeds, queries.house()),
        "changes": changes(tries, budget),
    }
