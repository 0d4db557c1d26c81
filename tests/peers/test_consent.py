"""People who say yes in a real browser, at networks that we did not write."""

import ssl
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import trustme
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Browser, Page

from pesue.foundation.http import client
from pesue.sharing.actions import accounts, settling
from pesue.sharing.models import Account, Registration
from tests.make.people import a_member
from tests.peers.browsers import QUIET, chromium_path, listen, violations
from tests.peers.cutting import Proxy
from tests.peers.posting import due, send

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "pesue.corp.lan"  # the PDS takes *.lan for this machine


@pytest.fixture(autouse=True)
def nearby(settings, live_server, monkeypatch):
    settings.ALLOW_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
    settings.ADDRESS = live_server.url


def signed_in(browser: Browser, address: str, **how) -> tuple[Page, list[str]]:
    """A page of a member's browser at our accounts, and what goes wrong on it."""
    member = a_member()
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "sesame.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    context = browser.new_context(**how)
    cookie = {"name": "sessionid", "value": session.session_key, "url": address}
    context.add_cookies([cookie])
    page = context.new_page()
    said = listen(page)
    page.goto(f"{address}{reverse('accounts')}")
    return page, said


def at_the_pds(page, person):
    """Sign in and say yes on the PDS's own pages."""
    page.wait_for_url("**/oauth/authorize**")
    page.fill("input[type=password]", person.password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Authorize").click()


def connect_bluesky(page, pds, person):
    form = page.locator("section", has_text="Connect Bluesky")
    form.get_by_label("Your name there").fill(f"@{person.handle}")
    form.get_by_label("Your server").fill(pds.url)
    form.get_by_role("button", name="Connect Bluesky").click()
    at_the_pds(page, person)
    page.wait_for_url(f"**{reverse('accounts')}")
    page.get_by_text(f"@{person.handle} is connected.").wait_for()


def test_mastodon(mastodon, live_server, browser):
    page, said = signed_in(browser, live_server.url)
    assert violations(page) == []
    form = page.locator("section", has_text="Connect Mastodon")
    form.get_by_label("Your server").fill(mastodon.url)
    form.get_by_role("button", name="Connect Mastodon").click()
    page.wait_for_url(f"{mastodon.url}/oauth/authorize**")
    at_mastodon(page, mastodon.user)
    page.wait_for_url(f"**{reverse('accounts')}")
    page.get_by_text("is connected.").wait_for()
    page.context.close()

    share = due(Account.objects.get())
    assert send(share) == "shared"
    assert mastodon.statuses()[0]["url"] == share.url
    assert said == []


def at_mastodon(page, user):
    """The mock's login and consent, whatever of both it shows."""
    for _page in range(4):
        if "/oauth/" not in page.url:
            return
        name = page.query_selector("input[name=login], input[name=username]")
        if name:
            name.fill(user)
            page.fill("input[type=password]", "any")
        page.locator("button[type=submit], form button").first.click()
        page.wait_for_load_state()


def test_bluesky_on_this_machine(pds, live_server, browser, monkeypatch):
    monkeypatch.setenv("PESUE_PLC_DIRECTORY", pds.plc)
    person = pds.account()
    page, said = signed_in(browser, live_server.url)
    connect_bluesky(page, pds, person)
    page.context.close()

    account = Account.objects.get()
    assert account.name == person.did
    lives_its_life(pds, person, account)
    assert said == []


def test_bluesky_where_our_address_is_https(
    pds, live_server, browser, settings, monkeypatch
):
    monkeypatch.setenv("PESUE_PLC_DIRECTORY", pds.plc)
    with open(pds.ca, "rb") as cert, open(pds.ca_key, "rb") as key:
        authority = trustme.CA.from_pem(cert.read(), key.read())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(tls)
    person = pds.account()
    port = urlsplit(live_server.url).port
    with Proxy(port, tls=tls) as front:
        settings.ADDRESS = f"https://{HOST}:{front.port}"
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
        settings.CSRF_TRUSTED_ORIGINS = [settings.ADDRESS]
        chromium = browser.browser_type.launch(
            executable_path=chromium_path(),
            args=[*QUIET, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
        )
        try:
            how = {"ignore_https_errors": True}
            page, _said = signed_in(chromium, settings.ADDRESS, **how)
            connect_bluesky(page, pds, person)
        finally:
            chromium.close()
        assert "key" in Registration.objects.get().opened()
        lives_its_life(pds, person, Account.objects.get())


def lives_its_life(pds, person, account):
    """Posts, renews its tokens, posts, deletes, and is let go."""
    first = due(account)
    assert send(first) == "shared"

    later = account.renewed_at + timedelta(days=8)
    before = account.opened().secret["refresh"]
    with client() as http:
        assert accounts.renew(account, now=later, http=http)
    assert account.opened().secret["refresh"] != before
    second = due(account)
    assert send(second) == "shared"

    with client() as http:
        settling.delete(first, now=datetime.now(UTC), http=http)
    assert [post["uri"] for post in pds.posts(person)] == [second.ref]

    with client() as http:
        accounts.disconnect(account, now=datetime.now(UTC), http=http)
    assert account.sealed == ""
