"""Second factors, sessions, and the pages around them in our own frame."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from pesue.foundation import secrets
from pesue.people.actions import factors
from pesue.people.models import Member
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db
PASSWORD = "a loaf of rye bread"


@pytest.fixture
def ana() -> Member:
    cache.clear()
    an_organisation()
    member = a_member()
    member.set_password(PASSWORD)
    member.save()
    return member


def enter(member: Member) -> Client:
    client = Client()
    client.post("/account/login/", {"login": member.email, "password": PASSWORD})
    return client


def sure(member: Member) -> Client:
    """Signed in, and asked for the password once more."""
    client = enter(member)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_code_is_asked_after_the_password_and_kept_sealed(ana):
    client = sure(ana)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302
    stored = Authenticator.objects.get(user=ana, type="totp")
    assert secret not in str(stored.data)
    cache.clear()
    again = enter(ana)
    assert again.get("/settings/").status_code == 302  # a password is not enough
    again.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert again.get("/settings/").status_code == 200


def test_a_mailed_link_is_not_enough_either(ana):
    from sesame.utils import get_token

    client = sure(ana)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    ana.refresh_from_db()
    other = Client()
    other.post(f"/sign-in/link/{get_token(ana)}")
    assert other.get("/settings/").status_code == 302
    cache.clear()
    other.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert other.get("/settings/").status_code == 200


def test_after_a_new_key_and_without_the_old_one_the_code_still_opens(ana, monkeypatch):
    client = sure(ana)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    codes = Authenticator.objects.get(user=ana, type="recovery_codes")
    spare = codes.wrap().get_unused_codes()
    assert codes.wrap().validate_code(spare[0])

    ring = secrets.ring().with_new_key()
    use(ring, monkeypatch)
    assert factors.reseal() == 2
    assert factors.reseal() == 0
    use(secrets.Ring(ring.keys[:1]), monkeypatch)

    cache.clear()
    again = enter(ana)
    again.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert again.get("/settings/").status_code == 200
    codes.refresh_from_db()
    assert codes.wrap().get_unused_codes() == spare[1:]


def use(ring: secrets.Ring, monkeypatch) -> None:
    monkeypatch.setattr(secrets, "ring", lambda: ring)
    monkeypatch.setattr(factors, "ring", lambda: ring)


def test_sessions_are_seen_and_ended(ana):
    one, other = enter(ana), enter(ana)
    one.get("/settings/")
    assert one.get("/account/sessions/").status_code == 200
    one.post("/account/sessions/")
    assert one.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "2fa/",
        "reauthenticate/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "password/change/",
        "sessions/",
        "logout/",
    ],
)
def test_the_pages_are_in_our_frame_and_keep_the_policy(ana, path):
    page = sure(ana).get(f"/account/{path}").content.decode()
    assert 'id="main"' in page
    assert "style=" not in page
    assert " onclick" not in page


@pytest.mark.parametrize("path", ["login/", "password/reset/", "signup/"])
def test_the_pages_before_signing_in_too(ana, path):
    page = Client().get(f"/account/{path}").content.decode()
    assert 'id="main"' in page
    assert "style=" not in page


def test_one_address_each_from_the_organisation(ana):
    answer = enter(ana).post("/account/email/", {"email": "x@example.org"})
    assert answer["Location"] == "/settings/"


def test_a_forgotten_password_is_mailed_to_members_only(ana):
    from pesue.reach.models import Message

    for email in [ana.email, "nobody@example.org"]:
        answer = Client().post("/account/password/reset/", {"email": email})
        assert answer.status_code == 302
    message = Message.objects.get()
    assert message.to == ana.email
    assert "/account/password/reset/key/" in message.text
