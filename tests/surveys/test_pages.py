"""What one reads of a survey that is still open."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from tests.make.guidance import a_survey
from tests.make.people import a_member, a_team, an_organisation

pytestmark = pytest.mark.django_db


def test_an_open_survey_leads_those_who_are_asked_back_to_their_answer():
    an_organisation()
    today = localdate(now())
    survey = a_survey(opens=today, closes=today + timedelta(days=3))
    ours = a_team()
    survey.teams.add(ours)
    for member, led in ((a_member(team=ours), True), (a_member(), False)):
        client = Client()
        client.force_login(member)
        page = client.get(f"/surveys/{survey.pk}/results").content.decode()
        assert "still open" in page
        assert (f'href="/surveys/{survey.pk}"' in page) == led
