from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.example.access import cases as access
from pesue.example.actions import cases as actions
from pesue.example.forms.cases import CaseForm
from pesue.example.queries import cases as queries
from pesue.guidance.access import may_write, writers
from pesue.people.access import MemberRequest, signed_in


def _language() -> str:
    return (get_language() or "en")[:2]


@require_safe
@signed_in
def cases(request: MemberRequest) -> HttpResponse:
    """What others did, and what it teaches; each with its source."""
    context = {
        "cases": queries.cases(_language()),
        "may_write": may_write(request.user),
        "form": CaseForm(language=_language()),
    }
    return render(request, "example/cases.html", context)


@require_POST
@writers
def case_add(request: MemberRequest) -> HttpResponse:
    form = CaseForm(request.POST, language=_language())
    if not form.is_valid():
        context = {
            "cases": queries.cases(_language()),
            "may_write": True,
            "form": form,
        }
        return render(request, "example/cases.html", context, status=422)
    actions.add(request.user, now=now(), **form.cleaned_data)
    messages.success(request, _("It is in the library of cases."))
    return redirect("cases")


@require_POST
@writers
def case_drop(request: MemberRequest, case_id: int) -> HttpResponse:
    actions.drop(access.case(case_id))
    messages.success(request, _("It is gone."))
    return redirect("cases")
