"""Guidelines as they change: what is new to me, and the history of each."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from pesue.guidance import access
from pesue.guidance.actions import editions
from pesue.guidance.forms import KnownForm
from pesue.guidance.queries import changes as queries
from pesue.people.access import MemberRequest, signed_in


@signed_in
def changes(request: MemberRequest) -> HttpResponse:
    """What changed since I last looked; one button says that I know."""
    moment = now()
    form = KnownForm(request.POST or None)
    if form.is_valid():
        shown = form.cleaned_data["shown"]
        editions.know(request.user, shown=shown, now=moment)
        return redirect("guidance")
    context = {"changes": queries.since(request.user), "shown": moment.isoformat()}
    return render(request, "guidance/changes.html", context)


@signed_in
def history(request: MemberRequest, guideline_id: int) -> HttpResponse:
    guideline = access.guideline(guideline_id)
    context = {
        "guideline": guideline,
        "changes": queries.history(guideline),
        "may_write": access.may_write(request.user),
    }
    return render(request, "guidance/history.html", context)


@require_POST
@access.writers
def bring_back(request: MemberRequest, guideline_id: int) -> HttpResponse:
    guideline = access.guideline(guideline_id)
    editions.bring_back(guideline, by=request.user, now=now())
    return redirect("guideline-history", guideline_id)
