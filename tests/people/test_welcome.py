"""The first minute of an installation."""

import threading

import pytest
from django.db import connection
from django.test import Client

from pesue.people.actions import members
from pesue.people.actions.first_run import found
from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Member, Organisation
from tests.make import NOON
from tests.make.people import a_member, an_organisation

FOUNDING = {
    "organisation": "Kotirannan Leipomo",
    "languages": ["fi", "sv"],
    "language": "fi",
    "name": "Aino Admin",
    "email": "Aino@Example.org",
    "password": "a loaf of rye bread",
}


@pytest.mark.django_db
def test_every_way_in_leads_to_the_first_run():
    client = Client()
    for address in ["/", "/settings/", "/account/login/", "/sign-in/link"]:
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0] == "/welcome", address


@pytest.mark.django_db
def test_founding_signs_the_first_admin_in():
    client = Client()
    answer = client.post("/welcome", FOUNDING)
    assert answer.status_code == 302
    assert client.get("/settings/").status_code == 200
    admin = Member.objects.get()
    assert admin.email == "aino@example.org"
    assert set(admin.grants.values_list("role", flat=True)) == {"admin", "privacy"}
    assert Organisation.the().languages == ["fi", "sv"]
    assert "tämä laite" in client.get("/account/sessions/").content.decode()
    members.end_sessions(admin)
    assert client.get("/settings/").status_code == 302


@pytest.mark.django_db
def test_it_is_closed_once_there_is_an_organisation():
    an_organisation()
    assert Client().get("/welcome").status_code == 302
    assert Client().post("/welcome", FOUNDING).status_code == 302
    assert not Member.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "password"), ("email", "no address"), ("language", "en")],
)
def test_bad_input_keeps_what_was_typed(field, value):
    answer = Client().post("/welcome", FOUNDING | {field: value})
    assert answer.status_code == 422
    assert b"Kotirannan Leipomo" in answer.content
    assert Organisation.the() is None


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_founds():
    ended = []
    start = threading.Barrier(2)

    def founding(number):
        start.wait(timeout=10)
        try:
            found(
                name="Pesue",
                language="fi",
                languages=["fi"],
                admin_name="A",
                email=f"a{number}@example.org",
                password="x",
                now=NOON,
            )
            ended.append("founded")
        except Refused:
            ended.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=founding, args=[n]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ended) == ["founded", "refused"]
    assert Member.objects.count() == 1
    assert Grant.objects.count() == 2


@pytest.mark.django_db
def test_one_click_sign_in_is_for_the_demo_only():
    an_organisation()
    a_member()
    client = Client()
    assert client.post("/demo/sign-in", {"who": "advocate"}).status_code == 404
    Organisation.objects.update(demo=True)
    assert client.post("/demo/sign-in", {"who": "advocate"}).status_code == 302
    assert client.get("/settings/").status_code == 200
    assert client.post("/demo/sign-in", {"who": "admin"}).status_code == 404


@pytest.mark.django_db
def test_the_people_of_the_demo_speak_the_language_of_the_visitor():
    an_organisation()
    a_member(language="fi")
    Organisation.objects.update(demo=True)
    client = Client(headers={"accept-language": "sv"})
    client.post("/demo/sign-in", {"who": "advocate"})
    assert 'lang="sv"' in client.get("/settings/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_short_password_is_told_in_the_language_of_the_page(language):
    client = Client(headers={"accept-language": language})
    said = client.post("/welcome", {"password": "uuni"}).content.decode()
    assert "too short" not in said
    assert "8 merkkiä" in said if language == "fi" else "8 tecken" in said
