"""What is tried here, for everybody; planning, starting and ending, for leads."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.people.access import MemberRequest, signed_in
from pesue.trials import access, actions
from pesue.trials.forms import StopForm, TrialForm
from pesue.trials.levers import LEVERS
from pesue.trials.models import Trial
from pesue.trials.queries import is_as_started, lists


@require_safe
@signed_in
def tried(request: MemberRequest) -> HttpResponse:
    """What is tried here and why, what is drawn and kept, and how to stay out."""
    found = lists.tried(request.user, today=localdate(now()))
    context = {"tried": found, "may_try": access.may_try(request.user)}
    return render(request, "trials/tried.html", context)


@require_POST
@signed_in
def stay_out(request: MemberRequest) -> HttpResponse:
    if request.POST.get("back"):
        actions.come_back(request.user, now=now())
        messages.success(request, _("Good. You are in the trials that begin from now."))
    else:
        actions.stay_out(request.user, now=now())
        messages.success(request, _("Done. You get Pesue as it is for everybody."))
    return redirect("tried")


@require_safe
@access.leads
def trials(request: MemberRequest) -> HttpResponse:
    rows = [lists.shown(trial) for trial in lists.all_trials()]
    context = {"trials": rows, "levers": LEVERS.values()}
    return render(request, "trials/trials.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads
def new(request: MemberRequest, key: str) -> HttpResponse:
    """A new trial of a lever; it waits for its start."""
    lever = access.lever(key)
    if lever.planned_at:
        return redirect(lever.planned_at)
    form = TrialForm(lever, request.POST or None, today=localdate(now()))
    if form.is_valid():
        try:
            made = actions.propose(form.design(), by=request.user, now=now())
        except actions.NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("trial", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "lever": lever, "kind": Trial.Kind(form.kind)}
    return render(request, "trials/new.html", context, status=status)


@require_safe
@access.leads
def trial(request: MemberRequest, trial_id: int) -> HttpResponse:
    """How one stands: what is compared, how many were drawn and have met it."""
    found = access.trial(trial_id)
    context = {
        "shown": lists.shown(found),
        "trial": found,
        "arms": lists.tally(found),
        "left_out": lists.left_out(found),
        "untouched": found.is_draft or is_as_started(found),
    }
    return render(request, "trials/trial.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads
def start(request: MemberRequest, trial_id: int) -> HttpResponse:
    """What starting means; then, when one is sure, done."""
    found = access.trial(trial_id)
    if request.method == "POST":
        try:
            actions.start(found, now=now())
            messages.success(request, _("It has started."))
        except actions.NotDone as refusal:
            messages.error(request, str(refusal))
        return redirect("trial", found.pk)
    today = localdate(now())
    context = {"shown": lists.shown(found), "begins": max(found.begins, today)}
    return render(request, "trials/start.html", {**context, "trial": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads
def stop(request: MemberRequest, trial_id: int) -> HttpResponse:
    """Ending early takes a reason that everybody can read."""
    found = access.trial(trial_id)
    form = StopForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            actions.stop(found, by=request.user, why=why, now=now())
            messages.success(request, _("It has ended."))
        except actions.NotDone as refusal:
            messages.error(request, str(refusal))
        return redirect("trial", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "trial": found}
    return render(request, "trials/stop.html", context, status=status)


@require_POST
@access.leads
def drop(request: MemberRequest, trial_id: int) -> HttpResponse:
    try:
        actions.drop(access.trial(trial_id))
    except actions.NotDone as refusal:
        messages.error(request, str(refusal))
        return redirect("trial", trial_id)
    return redirect("trials")
