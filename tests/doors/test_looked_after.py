"""Whoever looks after Pesue switches it on and off; others do not."""

import pytest
from django.test import Client

from pesue.doors.models import Actor, Delivery, Inbox
from pesue.doors.steps import deliver, keep_actors
from pesue.people.models import Member
from tests.make import NOON
from tests.make.example import an_own_page
from tests.make.fediverse import a_house
from tests.make.people import a_lead, a_member, an_admin, an_organisation

pytestmark = pytest.mark.django_db
PLACE = "/organisation/fediverse"


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


def signed_in(member: Member) -> Client:
    browser = Client()
    browser.force_login(member)
    return browser


@pytest.fixture
def admin() -> Client:
    return signed_in(an_admin(language="en"))


def test_it_is_switched_on_and_off(admin: Client, client: Client):
    assert "Let people follow" in admin.get(PLACE).content.decode()
    assert admin.post(PLACE, {"name": "stories"}).status_code == 302
    assert "@stories@localhost:8000" in admin.get(PLACE).content.decode()
    assert "@stories@localhost:8000" in client.get("/s/").content.decode()
    finger = client.get(
        "/.well-known/webfinger", {"resource": "acct:Stories@localhost:8000"}
    )
    assert finger["Content-Type"] == "application/jrd+json"
    assert finger["Access-Control-Allow-Origin"] == "*"
    assert admin.post(f"{PLACE}/close").status_code == 302
    assert "Let people follow" in admin.get(PLACE).content.decode()
    assert "@stories" not in client.get("/s/").content.decode()


@pytest.mark.parametrize("name", ["", "Stories", "ää", "a b", "-a", "a_", "x" * 41])
def test_a_name_that_servers_do_not_know_is_refused(admin: Client, name: str):
    answer = admin.post(PLACE, {"name": name})
    assert answer.status_code == 422
    assert not Actor.objects.exists()


def test_a_members_address_is_refused_and_kept_in_the_form(admin: Client):
    an_own_page(slug="ana")
    answer = admin.post(PLACE, {"name": "ana"})
    assert answer.status_code == 422
    assert "Choose another" in answer.content.decode()
    assert 'value="ana"' in answer.content.decode()


def test_nobody_else_switches(client: Client):
    a_house()
    for member in (a_lead(), a_member()):
        browser = signed_in(member)
        assert browser.get(PLACE).status_code == 403
        for what in ("keys", "close"):
            assert browser.post(f"{PLACE}/{what}").status_code == 403
    assert client.get(PLACE).status_code == 302
    assert Actor.objects.get().state == "open"


def test_servers_that_do_not_answer_are_shown(admin: Client):
    house = a_house()
    inbox = Inbox.objects.create(
        address="https://far.example.org/inbox", failing_since=NOON
    )
    activity = house.activities.create(body="{}", at=NOON)
    waits = {"state": "waiting", "state_since": NOON, "not_before": NOON}
    Delivery.objects.create(activity=activity, inbox=inbox, **waits)
    page = admin.get(PLACE).content.decode()
    assert "https://far.example.org/inbox" in page


def test_keys_are_made_anew(admin: Client):
    house = a_house()
    assert admin.post(f"{PLACE}/keys").status_code == 302
    keep_actors(NOON)
    before = house.public_key
    house.refresh_from_db()
    assert house.public_key != before
    assert deliver(NOON) == 0
