"""What earns, and how much: today, from a day to come, and before."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pesue.encouragement.access import rewards as access
from pesue.encouragement.actions import rules as actions
from pesue.encouragement.forms.rules import ForceForm
from pesue.encouragement.queries import rules as queries
from pesue.people.access import MemberRequest, leads_whole


@require_safe
@leads_whole
def rules(request: MemberRequest) -> HttpResponse:
    context = {"standing": queries.all_standing(localdate(now()))}
    return render(request, "encouragement/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_whole
def rule(request: MemberRequest, fact: str) -> HttpResponse:
    """One kind of own work: its versions, each beside the one before, and a new one."""
    work, today = access.work(fact), localdate(now())
    form = ForceForm(request.POST or None, today=today, works=[work])
    if put_in_force(request, form):
        return redirect("rule", fact)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"work": work, "form": form, "history": queries.history(fact)}
    return render(request, "encouragement/rule.html", context, status=status)


def put_in_force(request: MemberRequest, form: ForceForm) -> bool:
    """What a form asks for, said to whoever asked. False: the form says why not."""
    if not form.is_valid():
        return False
    try:
        made = actions.put_all_in_force(form.terms(), now=now(), by=request.user)
    except actions.NotInForce as refusal:
        form.add_error(None, str(refusal))
        return False
    if made:
        messages.success(request, _("Done. It holds from the day you chose."))
    else:
        messages.info(request, _("That is what it is already."))
    return True
