import pytest
from django.test import Client

from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.guidance import a_concept, a_value
from tests.make.people import a_member, an_organisation
from tests.make.sharing import a_share

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def concept():
    concept = a_concept("Bread weeks")
    concept.values.add(a_value("Care"), a_value("Courage"))
    return concept


def grew(page: str) -> str:
    """The line that says where a text comes from; "" if there is none."""
    line = next((line for line in page.splitlines() if "It grew from" in line), "")
    return line.strip()


def test_a_story_on_the_web_names_its_concept_and_values(client, concept):
    an_organisation()
    fields = {"state": "accepted", "public": True, "accepted_at": NOON}
    a_story("Rye", slug="rye-1", concept=concept, **fields)
    a_story("Ferries", slug="ferries-2", **fields)
    line = grew(client.get("/s/rye-1", headers=ENGLISH).content.decode())
    assert all(name in line for name in ("Bread weeks", "Care", "Courage"))
    assert "<a" not in line, "those outside cannot open the pages of the house"
    assert not grew(client.get("/s/ferries-2", headers=ENGLISH).content.decode())


def test_a_share_says_what_it_grew_from(concept):
    an_organisation()
    member, client = a_member(), Client()
    client.force_login(member, backend=BACKEND)
    told = {"state": Share.State.SHARED, "shared_at": NOON, "member": member}
    grown = a_share(item=an_item("Rye", concept=concept), **told)
    other = a_share(item=an_item("Ferries"), **told)
    line = grew(client.get(f"/shares/{grown.pk}").content.decode())
    assert all(name in line for name in ("Bread weeks", "Care", "Courage"))
    assert not grew(client.get(f"/shares/{other.pk}").content.decode())
