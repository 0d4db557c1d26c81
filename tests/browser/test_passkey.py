"""A passkey: added, and signed in with, by a real browser."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from pesue.people.models import Member
from tests.make.people import a_member, an_organisation

PASSWORD = "a loaf of rye bread"


@pytest.fixture
def ana(transactional_db: None) -> Member:
    cache.clear()
    an_organisation()
    member = a_member()
    member.set_password(PASSWORD)
    member.save()
    return member


def an_authenticator(page: Page) -> None:
    """A phone that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_door(
    live_server: LiveServer, page: Page, ana: Member
) -> None:
    home = live_server.url.replace("127.0.0.1", "localhost")
    an_authenticator(page)
    page.goto(f"{home}/account/login/")
    page.locator("#id_login").fill(ana.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.goto(f"{home}/account/2fa/webauthn/add/")
    page.locator("input[type=password]").fill(PASSWORD)  # once more, to be sure
    page.locator("input[type=password]").press("Enter")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    assert ana.authenticator_set.filter(type="webauthn").exists()
    page.context.clear_cookies()
    page.goto(f"{home}/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: not url.endswith("/login/"))
    page.goto(f"{home}/settings/")
    assert page.locator("h1").inner_text() == "Settings"
