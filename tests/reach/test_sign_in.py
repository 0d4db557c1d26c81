"""Ways in: by a mailed link, by password; and what they do not tell."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pesue.people.models import Invitation, Member
from pesue.reach.models import Message
from pesue.reach.steps import mail_invitations, send_mail
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home():
    cache.clear()
    an_organisation()


def mailed_link() -> str:
    """The path of the link in the last mail, sent by the worker."""
    at = datetime.now(UTC)
    mail_invitations(at)
    send_mail(datetime.now(UTC))
    return re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_a_mailed_link_signs_in_once_after_a_press():
    ana = a_member()
    client = Client()
    client.post("/sign-in/link", {"email": ana.email.upper()})
    path = mailed_link()
    assert client.get(path).status_code == 200
    assert client.get("/settings/").status_code == 302  # looking is not signing in
    assert client.post(path).status_code == 302
    assert client.get("/settings/").status_code == 200
    assert Client().post(path).status_code == 410


def test_the_mail_is_not_kept_once_sent():
    ana = a_member()
    Client().post("/sign-in/link", {"email": ana.email})
    mailed_link()
    sent = Message.objects.get()
    assert (sent.state, sent.text, sent.html) == ("sent", "", "")


def test_known_and_unknown_addresses_get_the_same_answer():
    ana = a_member()
    known = Client().post("/sign-in/link", {"email": ana.email})
    unknown = Client().post("/sign-in/link", {"email": "nobody@example.org"})
    strip = re.compile(rb'[\w.]+@example\.org|name="csrfmiddlewaretoken" value="\w+"')
    strip = re.compile(strip.pattern + rb'|"X-CSRFToken": "\w+"')
    assert known.status_code == unknown.status_code == 200
    assert strip.sub(b"", known.content) == strip.sub(b"", unknown.content)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("state", [Member.State.LEFT, Member.State.ERASED])
def test_those_who_left_get_nothing(state):
    left = a_member(state=state)
    left.set_password("a loaf of rye bread")
    left.save()
    client = Client()
    client.post("/sign-in/link", {"email": left.email})
    assert not Message.objects.exists()
    client.post(
        "/account/login/", {"login": left.email, "password": "a loaf of rye bread"}
    )
    assert client.get("/settings/").status_code == 302


def test_an_invited_member_who_asks_for_a_link_gets_the_invitation():
    bo = a_member("Bo", state=Member.State.INVITED, joined_at=None)
    for _ in range(2):
        Client().post("/sign-in/link", {"email": bo.email})
    assert Invitation.objects.get().email == bo.email
    client = Client()
    path = mailed_link()
    client.post(path, {"name": "Bo Berg", "language": "sv", "password": ""})
    assert client.get("/settings/").status_code == 200
    bo.refresh_from_db()
    assert (bo.state, bo.name, bo.language) == ("active", "Bo Berg", "sv")


def test_signing_in_by_password_and_guessing_it():
    ana = a_member()
    ana.set_password("a loaf of rye bread")
    ana.save()
    client = Client()
    for _ in range(5):
        answer = client.post(
            "/account/login/", {"login": ana.email, "password": "wrong"}
        )
        assert answer.status_code == 200
    right = {"login": ana.email, "password": "a loaf of rye bread"}
    assert (
        "/account/login/" in client.post("/account/login/", right).request["PATH_INFO"]
    )
    assert client.get("/settings/").status_code == 302  # too many tries: wait
    cache.clear()
    assert client.post("/account/login/", right).status_code == 302
    assert client.get("/settings/").status_code == 200


def test_nobody_signs_up_unasked():
    answer = Client().post(
        "/account/signup/", {"email": "x@example.org", "password1": "loaf of bread!"}
    )
    assert answer.status_code == 200
    assert not Member.objects.exists()


def test_links_are_not_sent_without_end():
    ana = a_member()
    client = Client()
    answers = [
        client.post("/sign-in/link", {"email": ana.email}).status_code for _ in range(5)
    ]
    assert answers == [200, 200, 200, 429, 429]
