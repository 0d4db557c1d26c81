"""What others did: each with its source, and a way to begin here."""

import tomllib

import pytest

from pesue.example import library
from pesue.example.models import Case
from pesue.guidance.patterns import patterns
from tests.make.people import a_lead, a_member

CASE = {
    "name": "A bakery",
    "happened": "Its bakers wrote about their nights.",
    "source": "https://example.org/nights",
    "teaches": "Nights are worth telling.",
    "pattern": "behind",
}


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_same_cases_in_each_language_with_source_and_concept(language):
    told = tomllib.loads((library.HERE / f"{language}.toml").read_text("utf-8"))
    assert set(told) == {"source", *library.KEYS}
    english = {case.key: case.pattern for case in library.cases("en")}
    for case in library.cases(language):
        assert case.source
        assert english[case.key] == case.pattern
        assert case.pattern in patterns(language)


@pytest.mark.django_db
def test_leads_add_and_take_out_and_others_read(client):
    client.force_login(a_member(language="en"))
    page = client.get("/examples/cases").content.decode()
    assert "Zappos" in page
    assert "Add a case" not in page
    assert client.post("/examples/cases/new", CASE).status_code == 403
    client.force_login(a_lead(language="en"))
    without = client.post("/examples/cases/new", {**CASE, "source": ""})
    assert without.status_code == 422
    assert "wrote about their nights" in without.content.decode()
    client.post("/examples/cases/new", CASE)
    page = client.get("/examples/cases").content.decode()
    assert 'href="https://example.org/nights"' in page
    assert "?pattern=behind" in page
    client.post(f"/examples/cases/{Case.objects.get().pk}/drop")
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_source_is_no_way_in_for_scripts(client):
    lead = a_lead(language="en")
    client.force_login(lead)
    client.post("/examples/cases/new", {**CASE, "source": "javascript:alert(1)"})
    assert 'href="javascript' not in client.get("/examples/cases").content.decode()
