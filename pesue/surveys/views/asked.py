"""Asking, answering a survey, and reading what it said."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.foundation.counts import K
from pesue.people.access import MemberRequest, signed_in
from pesue.surveys import access, actions, queries
from pesue.surveys.forms import AnswerForm, SurveyForm


@signed_in
def surveys(request: MemberRequest) -> HttpResponse:
    """All that were asked; for leads, a form to ask."""
    today = localdate(now())
    may_ask = access.may_ask(request.user)
    form = SurveyForm(request.POST or None, today=today)
    if request.method == "POST":
        if not may_ask:
            raise PermissionDenied
        if form.is_valid():
            given = form.cleaned_data
            actions.ask(
                given["kind"],
                form.title(),
                opens=today,
                closes=given["closes"],
                teams=list(given["teams"]),
                by=request.user,
            )
            messages.success(request, _("Asked. Colleagues see it on Today."))
            return redirect("surveys")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "asked": queries.surveys()[:50],
        "waiting": queries.waiting_for(request.user, today=today),
        "today": today,
        "form": form if may_ask else None,
    }
    return render(request, "surveys/surveys.html", context, status=status)


@signed_in
def survey(request: MemberRequest, survey_id: int) -> HttpResponse:
    """One page, some taps; then it is sealed."""
    today = localdate(now())
    found = access.survey_to_answer(request.user, survey_id, today=today)
    form = AnswerForm(found, request.POST or None)
    if form.is_valid():
        try:
            actions.answer(found, request.user, form.chosen(), today=today)
            messages.success(request, _("Thank you. Nobody can see what you said."))
        except actions.NotDone as refusal:
            messages.info(request, str(refusal))
        return redirect("survey-results", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    again = queries.has_answered(found, request.user)
    context = {"survey": found, "form": form, "k": K, "again": again}
    return render(request, "surveys/survey.html", context, status=status)


@signed_in
def results(request: MemberRequest, survey_id: int) -> HttpResponse:
    found = access.survey_of(survey_id)
    is_open = found.opens <= localdate(now()) <= found.closes
    context = {
        "results": queries.results(found),
        "quality": queries.quality(found),
        "k": K,
        "is_open": is_open,
        "may_answer": is_open and access.is_asked(request.user, found),
    }
    return render(request, "surveys/results.html", context)


@require_POST
@access.leads
def close(request: MemberRequest, survey_id: int) -> HttpResponse:
    try:
        actions.close(access.survey_of(survey_id), today=localdate(now()))
    except actions.NotDone as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("back")
    return redirect("workshop" if back == "workshop" else "surveys")
