"""Answering a survey, and reading what it said."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from pesue.foundation.counts import K
from pesue.people.access import MemberRequest, signed_in
from pesue.surveys import access, actions, queries
from pesue.surveys.forms import AnswerForm


@signed_in
def survey(request: MemberRequest, survey_id: int) -> HttpResponse:
    """One page, some taps; then it is forgotten who said what."""
    today = localdate(now())
    found = access.survey_to_answer(request.user, survey_id, today=today)
    form = AnswerForm(found, request.POST or None)
    if form.is_valid():
        try:
            actions.answer(found, request.user, form.chosen(), today=today)
            messages.success(request, _("Thank you. Nobody can see what you said."))
        except actions.NotDone as refusal:
            messages.info(request, str(refusal))
        return redirect("guidance")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"survey": found, "form": form, "k": K}
    return render(request, "surveys/survey.html", context, status=status)


@signed_in
def results(request: MemberRequest, survey_id: int) -> HttpResponse:
    found = access.survey_of(survey_id)
    today = localdate(now())
    told = queries.results(found, today=today)
    context = {"results": told, "k": K, "is_open": found.closes >= today}
    return render(request, "surveys/results.html", context)
