"""A leader's own page: the plan and the assistant."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.example.access import leaders as access
from pesue.example.actions import leaders as actions
from pesue.example.forms.leaders import AssistantForm, PlanForm
from pesue.example.models import Inside
from pesue.example.queries import leaders as queries
from pesue.example.queries.board import board
from pesue.foundation.moves import LostRace
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing.channels import CHANNELS


@require_safe
@access.leaders
def leading(request: MemberRequest) -> HttpResponse:
    """What I lead by: topics, questions, a rhythm of my own, what I did."""
    found = queries.page(request.user, now=now())
    plan = found.plan
    outside = [CHANNELS[key] for key in plan.outside if key in CHANNELS] if plan else []
    inside = plan.inside if plan and plan.inside else Inside.Place.values
    context = {
        "page": found,
        "board": board(request.user, now=now()),
        "form": PlanForm(plan),
        "inside": [Inside.Place(key) for key in inside if key in Inside.Place.values],
        "outside": outside,
    }
    return render(request, "example/leading.html", context)


@require_POST
@access.leaders
def leading_plan(request: MemberRequest) -> HttpResponse:
    form = PlanForm(None, request.POST)
    if not form.is_valid():
        return render(request, "example/leading_plan.html", {"form": form}, status=422)
    actions.plan(request.user, **form.cleaned_data, now=now())
    messages.success(request, _("So it is."))
    return redirect("leading")


@access.leaders
def assistant(request: MemberRequest) -> HttpResponse:
    """Name somebody who prepares."""
    form, status = AssistantForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.name(
                    request.user, said["email"], until=said["until"], now=now()
                )
            except actions.NotDone as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("They are told. Hand them a draft."))
                return redirect("leading")
    return render(request, "example/assistant.html", {"form": form}, status=status)


@require_POST
@signed_in
def assistant_end(request: MemberRequest, named_id: int) -> HttpResponse:
    """By either of the two, at once."""
    named = access.assisting(named_id, request.user)
    with suppress(LostRace):  # the other of the two has just ended it
        actions.end(named, now=now())
    messages.success(request, _("It has ended."))
    mine = named.leader_id == request.user.pk and access.is_leader(request.user)
    return redirect("leading" if mine else "preparing")
