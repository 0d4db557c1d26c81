"""A month for payroll, as a file that says the same whenever it is taken."""

import csv
import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.forms.rewards import MonthForm
from pesue.encouragement.queries import payroll as queries
from pesue.encouragement.queries.rewards import house_rules
from pesue.people.access import MemberRequest, leads_whole
from pesue.people.actions.looks import note_export
from pesue.people.tables import safe


@require_safe
@leads_whole
def payroll(request: MemberRequest) -> HttpResponse:
    """The months there are."""
    today = localdate(now())
    context = {
        "months": queries.months(),
        "running": today.replace(day=1),
        "rules": house_rules(today),
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
    month, as_json = form.cleaned_data["month"], form.cleaned_data["kind"] == "json"
    note_export(request.user, None, now=now())
    kind = "application/json" if as_json else "text/csv; charset=utf-8"
    answer = HttpResponse(content_type=kind)
    name = f"pesue-payroll-{month:%Y-%m}.{'json' if as_json else 'csv'}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    rows = list(queries.rows(month))
    if as_json:
        told = {"month": f"{month:%Y-%m}", "lines": rows}
        answer.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return answer
    writer = csv.writer(answer)  # commas and CRLF: RFC 4180
    writer.writerow(queries.COLUMNS)
    for row in rows:
        writer.writerow([safe(v) if isinstance(v, str) else v for v in row.values()])
    return answer
