"""Who is asked, and who may read what was said."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.people.models import Member
from pesue.surveys.models import Survey
from pesue.surveys.queries import asked_of


def survey_to_answer(member: Member, survey_id: int, *, today: date) -> Survey:
    """An open survey that asks the member; 404 for others."""
    survey = get_object_or_404(asked_of(member), pk=survey_id)
    if not survey.opens <= today <= survey.closes:
        raise Http404
    return survey


def survey_of(survey_id: int) -> Survey:
    """Results are everybody's who was asked for them: all members'."""
    return get_object_or_404(Survey, pk=survey_id)
