"""The page from which everything that encourages is found."""

import pytest

from tests.make.people import a_lead, a_member

pytestmark = pytest.mark.django_db


def test_everybody_finds_their_own_and_leads_what_they_lead(client):
    assert client.get("/encouragement").status_code == 302
    client.force_login(a_member(language="en"))
    page = client.get("/encouragement").content.decode()
    assert "For you" in page
    assert "For those who lead" not in page
    client.force_login(a_lead(language="en"))
    assert "For those who lead" in client.get("/encouragement").content.decode()
