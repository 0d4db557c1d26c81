"""A month for payroll, as a file that says the same whenever it is taken."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.forms.rewards import MonthForm
from pesue.encouragement.queries import payroll as queries
from pesue.encouragement.queries.rewards import house_rules, law
from pesue.people.access import MemberRequest, leads_whole
from pesue.people.actions.looks import note_export
from pesue.people.models import Organisation


@require_safe
@leads_whole
def payroll(request: MemberRequest) -> HttpResponse:
    """The months there are; of which year we have no figures is said."""
    today = localdate(now())
    context = {
        "months": [
            (month, house_rules(month).year == month.year) for month in queries.months()
        ],
        "running": today.replace(day=1),
        **law(today),
    }
    return render(request, "encouragement/payroll.html", context)


@require_POST
@leads_whole
def payroll_month(request: MemberRequest) -> HttpResponse:
    """The file; everybody on it can see that it was taken."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a month."))
        return redirect("payroll")
    month, kind = form.cleaned_data["month"], form.cleaned_data["kind"]
    note_export(request.user, None, now=now())
    if kind == "json":
        text, ending = queries.as_json(month), ".json"
    elif kind == "csv":
        text, ending = queries.as_csv(month), ".csv"
    else:  # in the house's language, whoever takes it
        house = Organisation.the()
        text = queries.as_sheet(month, house.language if house else "en")
        ending = "-table.csv"
    of = "application/json" if kind == "json" else "text/csv; charset=utf-8"
    answer = HttpResponse(text, content_type=of)
    name = f"pesue-payroll-{month:%Y-%m}{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
