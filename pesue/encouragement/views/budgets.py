"""Budgets: what is set aside, what is left of it, and a new one."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pesue.encouragement.access import rewards as access
from pesue.encouragement.actions import budgets as actions
from pesue.encouragement.forms.budgets import BudgetForm
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, leads_whole


@require_http_methods(["GET", "HEAD", "POST"])
@leads_whole
def budgets(request: MemberRequest) -> HttpResponse:
    today = localdate(now())
    form = BudgetForm(request.POST or None, by=request.user, today=today)
    if form.is_valid():
        actions.open_budget(**form.cleaned_data, now=now())
        messages.success(request, _("Set aside. Rules may draw on it now."))
        return redirect("budgets")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"budgets": access.budgets()[:50], "form": form}
    return render(request, "encouragement/budgets.html", context, status=status)


@require_POST
@leads_whole
def close_budget(request: MemberRequest, budget_id: int) -> HttpResponse:
    """End it before its last day. What was earned stands."""
    found = access.budget(budget_id)
    try:
        actions.close(found, now=now())
        messages.success(request, _("It is over. What was left went back."))
    except (ForbiddenMove, LostRace):
        messages.error(request, _("It was over already."))
    return redirect("budgets")
