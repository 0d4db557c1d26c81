import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.urls import reverse
from django.utils.translation import override

from pesue.sharing.actions import accounts, connect
from pesue.sharing.models import Account, Registration
from tests.make import NOON
from tests.make.people import a_member
from tests.make.sharing import an_account
from tests.sharing.networks import Network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


DID = "did:plc:abcdefghijklmnopqrstuvwx"
APP = {"client_id": "id", "client_secret": "secret"}
TOKEN = {"access_token": "the-token", "token_type": "Bearer"}
ME = {"id": "7", "acct": "ana"}
INSTANCE = {
    "version": "4.4.1+glitch",
    "configuration": {"statuses": {"max_characters": 5000}},
}


def there_and_back(member, network, **back):
    """Connect to social.example by consent."""
    with network.connect() as http:
        left = connect.connect(
            member, "mastodon", server="@ana@social.example", now=NOON, http=http
        )
        state = parse_qs(urlsplit(left.url).query)["state"][0]
        query = {"code": "c", "state": state, **back}
        return connect.come_back(
            member, "mastodon", back=query, kept=left.kept, now=NOON, http=http
        )


def test_a_member_connects_by_consent():
    member, network = a_member(), Network(APP, TOKEN, ME, INSTANCE)

    account = there_and_back(member, network)

    assert (account.server, account.name) == ("https://social.example", "7")
    assert account.handle == "@ana@social.example"
    assert account.limits == {"software": "mastodon", "text": 5000}
    assert account.opened().secret["token"] == "the-token"
    assert "the-token" not in account.sealed


def test_a_server_is_asked_to_know_us_once():
    there_and_back(a_member(), Network(APP, TOKEN, ME, INSTANCE))
    there_and_back(a_member(), Network(TOKEN, ME, INSTANCE))

    assert Registration.objects.count() == 1


def test_a_registration_nobody_used_is_not_relied_on_for_long():
    member = a_member()

    def begin(hours, *answers):
        connect.connect(
            member,
            "mastodon",
            server="social.example",
            now=NOON + timedelta(hours=hours),
            http=Network(*answers).connect(),
        )

    begin(0, APP)
    begin(1)
    begin(20, {**APP, "client_id": "new"})

    assert Registration.objects.get().opened()["client_id"] == "new"


def test_we_register_again_when_our_address_has_changed(settings):
    there_and_back(a_member(), Network(APP, TOKEN, ME, INSTANCE))
    settings.ADDRESS = "https://pesue.example"
    network = Network(APP, TOKEN, ME, INSTANCE)
    there_and_back(a_member(), network)

    asked = network.seen[0].content.decode()
    assert "https%3A%2F%2Fpesue.example%2Fsettings%2Faccounts%2Fmastodon" in asked
    assert Registration.objects.count() == 1


def test_connecting_again_renews_the_same_row():
    member = a_member()
    first = there_and_back(member, Network(APP, TOKEN, ME, INSTANCE))
    accounts.lose(first, "gone", now=NOON)
    new = {**TOKEN, "access_token": "new"}
    second = there_and_back(member, Network(new, ME, INSTANCE))
    third = there_and_back(member, Network(new, ME, INSTANCE))

    assert first.pk == second.pk == third.pk
    assert (third.state, third.why) == ("connected", "")
    assert third.opened().secret["token"] == "new"


@pytest.mark.parametrize(
    ("back", "kept", "words"),
    [
        ({"code": "c", "state": "other"}, True, "Start again"),
        ({"code": "c", "state": "s"}, False, "Start again"),
        ({"error": "access_denied", "state": "s"}, True, "consent was not given"),
    ],
)
def test_a_way_back_that_does_not_fit_connects_nothing(back, kept, words):
    waiting = {"channel": "mastodon", "server": "https://a.example", "state": "s"}
    network = Network()

    with pytest.raises(connect.NotConnected, match=words):
        connect.come_back(
            a_member(),
            "mastodon",
            back=back,
            kept=waiting if kept else {},
            now=NOON,
            http=network.connect(),
        )

    assert (network.seen, Account.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(404, text="<html>nginx</html>"), "answered: nginx"),
        (httpx.Response(200, text="<html>hello</html>"), "No Mastodon server"),
        (httpx.Response(301, headers={"Location": "http://127.0.0.1/"}), "answered"),
        (httpx.ConnectError("no route"), "does not answer"),
        (httpx.ReadTimeout("slow"), "does not answer"),
    ],
)
def test_what_is_no_mastodon_server_is_told(answer, words):
    network = Network(answer)
    with pytest.raises(connect.NotConnected, match=words):
        there_and_back(a_member(), network)
    assert len(network.seen) == 1


def test_disconnecting_forgets_the_tokens_and_tells_the_network():
    account = an_account()
    network = Network(httpx.Response(200, json={}))

    accounts.disconnect(account, now=NOON, http=network.connect())

    assert (account.state, account.sealed) == ("disconnected", "")
    assert network.seen[0].url.path == "/oauth/revoke"


def test_disconnecting_forgets_the_tokens_even_if_the_network_is_silent():
    account = an_account()
    network = Network(httpx.ConnectError("no route"))

    accounts.disconnect(account, now=NOON, http=network.connect())

    assert account.sealed == ""


@pytest.fixture
def walk(client, monkeypatch):
    """A signed-in browser whose networks answer as told."""
    member = a_member()
    client.force_login(member)
    client.member = member

    def told(*answers):
        network = Network(*answers)
        seen = "pesue.sharing.views.accounts.client"
        monkeypatch.setattr(seen, lambda **_: network.connect())
        return network

    client.told = told
    return client


def test_the_page_leads_out_and_takes_one_back(walk, settings):
    settings.ADDRESS = "http://testserver"
    walk.told(APP, TOKEN, ME, INSTANCE)
    left = walk.post(
        reverse("account-connect", args=["mastodon"]),
        {"mastodon-server": "social.example"},
    )
    url = left.context["url"]
    assert url.startswith("https://social.example/oauth/authorize?")
    assert 'http-equiv="refresh"' in left.content.decode()

    state = parse_qs(urlsplit(url).query)["state"][0]
    back = reverse("account-back", args=["mastodon"])
    page = walk.get(back, {"code": "c", "state": state}, follow=True)

    assert "@ana@social.example is connected." in page.content.decode()
    again = walk.get(back, {"code": "c", "state": state}, follow=True)
    assert "Start again" in again.content.decode()


def test_what_was_typed_stays_when_it_is_refused(walk):
    walk.told(httpx.ConnectError("no route"))
    page = walk.post(
        reverse("account-connect", args=["mastodon"]),
        {"mastodon-server": "socail.example"},
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "socail.example" in text
    assert "does not answer" in text


def test_an_app_password_connects_at_once_and_is_not_shown_again(walk):
    walk.told(
        {"did": DID, "handle": "ana.example", "accessJwt": "new", "refreshJwt": "r2"}
    )
    page = walk.post(
        reverse("account-connect", args=["bluesky"]),
        {
            "bluesky-name": "@ana.example",
            "bluesky-server": "pds.example",
            "bluesky-password": "abcd-efgh",
        },
        follow=True,
    )
    assert "@ana.example is connected." in page.content.decode()
    assert "abcd-efgh" not in page.content.decode()
    account = Account.objects.get(member=walk.member)
    assert "abcd-efgh" not in json.dumps(dict(account.opened().secret))


def test_the_page_says_how_each_account_stands(walk):
    lost = an_account(member=walk.member, name="2", handle="@lost@social.example")
    an_account(member=walk.member)
    accounts.lose(lost, "Mastodon asks you to connect again.", now=NOON)

    text = walk.get(reverse("accounts")).content.decode()

    assert ">connected<" in text
    assert ">disconnected<" in text
    assert "Mastodon asks you to connect again." in text


def test_anothers_account_does_not_exist_for_me(walk):
    account = an_account()
    page = walk.post(reverse("account-disconnect", args=[account.pk]))
    assert page.status_code == 404
    account.refresh_from_db()
    assert account.state == "connected"


def test_mine_can_be_disconnected_twice(walk):
    account = an_account(member=walk.member)
    walk.told(httpx.Response(200, json={}))
    for _click in range(2):
        walk.post(reverse("account-disconnect", args=[account.pk]))
    account.refresh_from_db()
    assert account.state == "disconnected"


def test_the_page_asks_the_database_the_same_however_many(
    walk, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for name in ("1", "2", "3"):
        an_account(member=walk.member, name=name)
        with CaptureQueriesContext(connection) as asked:
            walk.get(reverse("accounts"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_our_metadata_is_there_only_where_our_address_is_https(client, settings):
    assert client.get(reverse("client-metadata")).status_code == 404

    settings.ADDRESS = "https://pesue.example"
    found = client.get(reverse("client-metadata"))
    assert found["Content-Type"] == "application/json"
    told = found.json()
    assert told["client_id"] == "https://pesue.example/oauth/client-metadata.json"
    assert told["dpop_bound_access_tokens"] is True
    (key,) = told["jwks"]["keys"]
    assert "d" not in key
    assert client.get(reverse("client-metadata")).json()["jwks"]["keys"] == [key]


def test_those_who_come_back_by_another_name_are_led_on(client, settings):
    settings.ADDRESS = "http://localhost:8000"
    url = reverse("account-back", args=["bluesky"])
    page = client.get(f"{url}?code=c", headers={"host": "127.0.0.1:8000"})
    assert page["Location"] == f"http://localhost:8000{url}?code=c"
