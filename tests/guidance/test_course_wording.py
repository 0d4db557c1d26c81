"""A lesson in the organisation's own words."""

import re

import pytest
from django.test import Client

from pesue.guidance.course import files
from pesue.guidance.models import Lesson
from pesue.guidance.queries import course as queries
from tests.make import NOON
from tests.make.guidance import a_value
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
ADDRESS = "/guidance/course/advocate/what/en"
OURS = "# Ours\n\nCome in.\n\n::values::\n"


@pytest.fixture
def lead(client: Client) -> Client:
    an_organisation()
    client.force_login(a_lead())
    return client


def test_it_begins_with_the_packages_words(lead):
    page = lead.get(ADDRESS).content.decode()
    assert "There is a slogan on the wall" in page
    assert "Where it differs" not in page


def test_ours_is_kept_read_and_taken_back(lead):
    a_value("Care")
    looked = lead.post(ADDRESS, {"text": OURS}).content.decode()
    assert "Come in." in looked
    assert re.search(r"<ins>[^/]*/span># Ours", looked)
    assert re.search(r"<del>[^/]*/span># What this is about", looked)
    assert "Care" in looked
    assert not Lesson.objects.exists()  # only looked at
    assert lead.post(ADDRESS, {"text": OURS, "keep": "yes"}).status_code == 302
    assert Lesson.objects.get().base == files.edition(
        files.text("advocate", "what", "en")
    )
    assert queries.texts("advocate", "en")["what"].title == "Ours"
    assert queries.texts("advocate", "fi")["what"].title != "Ours"
    page = lead.get("/course/advocate/what").content.decode()
    assert "Come in." in page
    assert "our own words" in lead.get("/guidance/course").content.decode()
    lead.post(ADDRESS, {"back": "yes"})
    assert not Lesson.objects.exists()


def test_the_packages_own_words_are_no_wording(lead):
    lead.post(ADDRESS, {"text": OURS, "keep": "yes"})
    package = files.text("advocate", "what", "en")
    lead.post(ADDRESS, {"text": package.replace("\n", "\r\n"), "keep": "yes"})
    assert not Lesson.objects.exists()


def test_a_mistake_is_told_with_its_line_and_nothing_is_lost(lead):
    text = "# Ours\n\nA long evening's work.\n\n::valuse::\n"
    answer = lead.post(ADDRESS, {"text": text, "keep": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 5: there is no block valuse" in page
    assert "A long evening&#x27;s work." in page
    assert not Lesson.objects.exists()


def test_one_is_told_when_the_packages_words_have_changed(lead):
    place = {"course": "advocate", "lesson": "what", "language": "en"}
    Lesson.objects.create(**place, text=OURS, base="of-last-year", changed_at=NOON)
    assert "has changed since" in lead.get(ADDRESS).content.decode()
    assert "have changed" in lead.get("/guidance/course").content.decode()
    lead.post(ADDRESS, {"text": OURS, "keep": "yes"})
    assert "has changed since" not in lead.get(ADDRESS).content.decode()


def test_only_leads_of_the_whole_word_it(client):
    an_organisation()
    for member in (a_member(), a_lead(team=a_team())):
        client.force_login(member)
        assert client.get("/guidance/course").status_code == 403
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, {"text": OURS, "keep": "y"}).status_code == 403


@pytest.mark.parametrize(
    "bad", ["advocate/none/en", "none/what/en", "advocate/what/de"]
)
def test_no_such_lesson(lead, bad):
    assert lead.get(f"/guidance/course/{bad}").status_code == 404


def test_only_lines_that_differ_are_shown(lead):
    package = files.text("advocate", "what", "en")
    text = package.replace("Channels come and go.", "Channels change.")
    page = lead.post(ADDRESS, {"text": text}).content.decode()
    [shown] = re.findall(r'class="card soft small">(.*?)</div>', page, re.DOTALL)
    assert "come and go." in shown
    assert "change." in shown
    assert "Imagine two sentences" not in shown
