"""Tokens that end and keys that rotate."""

from datetime import timedelta

import httpx
import pytest

from pesue.foundation import secrets
from pesue.sharing.actions import accounts, publish
from pesue.sharing.channels import base
from pesue.sharing.models import Account, Registration
from pesue.sharing.steps import publish as steps
from pesue.sharing.steps.publish import renew_tokens
from tests.make import NOON
from tests.make.sharing import a_due_share, an_account
from tests.sharing.networks import Network

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DID = "did:plc:abcdefghijklmnopqrstuvwx"


def a_session(**fields):
    secret = {"kind": "session", "access": "old", "refresh": "r1"}
    return an_account(
        channel="bluesky",
        server="https://pds.example",
        name=DID,
        secret=secret,
        **fields,
    )


NEW = {"accessJwt": "new", "refreshJwt": "r2"}
ENDED = httpx.Response(400, json={"error": "ExpiredToken", "message": "ended"})
MADE = {"uri": f"at://{DID}/app.bsky.feed.post/x", "cid": "c"}


def test_an_ended_token_is_renewed_and_the_share_goes_out():
    share = a_due_share(a_session())
    network = Network(ENDED, NEW, MADE)

    for _turn in range(2):
        publish.publish(share, now=NOON, http=network.connect())

    assert share.state == "shared"
    assert network.seen[1].headers["Authorization"] == "Bearer r1"
    assert network.seen[2].headers["Authorization"] == "Bearer new"


def test_a_token_that_cannot_be_renewed_loses_nothing_but_the_account():
    share = a_due_share(a_session())
    network = Network(ENDED, ENDED)

    publish.publish(share, now=NOON, http=network.connect())

    share.account.refresh_from_db()
    assert (share.state, share.account.state) == ("refused", "disconnected")
    assert share.text == "Proud of this."


def test_new_tokens_that_are_refused_as_well_end_it():
    share = a_due_share(a_session())
    network = Network(ENDED, NEW, ENDED)

    for _turn in range(2):
        publish.publish(share, now=NOON, http=network.connect())

    share.account.refresh_from_db()
    assert (share.state, share.account.state) == ("refused", "disconnected")


def test_of_two_workers_one_asks_for_new_tokens():
    account = a_session()
    same = Account.objects.get(pk=account.pk)
    asked = []

    def handle(request):
        asked.append(request)
        with pytest.raises(base.TryLater):  # the other worker, at the same moment
            accounts.renew(same, now=NOON, http=Network().connect())
        return httpx.Response(200, json=NEW)

    http = httpx.Client(transport=httpx.MockTransport(handle))
    assert accounts.renew(account, now=NOON, http=http)
    assert accounts.renew(same, now=NOON, http=http)  # has the other's tokens now

    assert len(asked) == 1
    assert same.opened().secret["access"] == "new"


def test_an_account_disconnected_while_a_worker_renewed_stays_empty():
    account = a_session()

    def handle(request):
        mine = Account.objects.get(pk=account.pk)
        mine.move("disconnected", now=NOON, sealed="")
        return httpx.Response(200, json=NEW)

    http = httpx.Client(transport=httpx.MockTransport(handle))
    accounts.renew(account, now=NOON, http=http)

    account.refresh_from_db()
    assert account.sealed == ""


def test_the_step_renews_before_the_end():
    account = a_session()
    soon = NOON + timedelta(days=1)
    Account.objects.filter(pk=account.pk).update(expires_at=soon)

    assert renew_tokens(NOON, Network(NEW).connect) == 1
    assert renew_tokens(NOON, Network().connect) == 0

    account.refresh_from_db()
    assert timedelta(0) <= account.expires_at - NOON - timedelta(days=60) < HOUR


def test_a_server_that_is_down_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(steps, "AT_ONCE", 1)
    down, well = a_session(), a_session()
    soon = NOON + timedelta(hours=1)
    Account.objects.filter(pk=down.pk).update(expires_at=soon)
    Account.objects.filter(pk=well.pk).update(expires_at=2 * HOUR + NOON)

    assert renew_tokens(NOON, Network(httpx.ConnectError("down")).connect) == 1
    assert renew_tokens(NOON, Network(NEW).connect) == 1

    well.refresh_from_db()
    assert well.opened().secret["access"] == "new"
    assert renew_tokens(NOON, Network().connect) == 0
    assert renew_tokens(NOON + HOUR, Network(NEW).connect) == 1


def test_a_claim_is_as_old_as_it_is(monkeypatch):
    """The eighth account of a slow turn is not free for another worker."""
    accounts_due = [a_session(), a_session()]
    soon = NOON + timedelta(days=1)
    Account.objects.update(expires_at=soon)
    clock = iter([0.0, 0.0, 600.0])
    monkeypatch.setattr(steps, "monotonic", lambda: next(clock))
    claims = []

    def handle(request):
        claims.extend(
            Account.objects.exclude(renewing_since=None).values_list(
                "renewing_since", flat=True
            )
        )
        return httpx.Response(200, json=NEW)

    renew_tokens(NOON, lambda: httpx.Client(transport=httpx.MockTransport(handle)))
    assert claims == [NOON, NOON + timedelta(minutes=10)]
    assert len(claims) == len(accounts_due)


def test_a_new_key_seals_every_row_anew(monkeypatch):
    account = an_account()
    accounts.keep_registration(
        "mastodon", "https://social.example", {"client_id": "id"}, now=NOON
    )
    ring = secrets.ring().with_new_key()
    monkeypatch.setattr(secrets, "ring", lambda: ring)

    assert accounts.reseal() == 2
    assert accounts.reseal() == 0

    only_new = secrets.Ring(ring.keys[:1])
    monkeypatch.setattr(secrets, "ring", lambda: only_new)
    account.refresh_from_db()
    assert account.opened().secret == {"token": "token"}
    assert Registration.objects.get().opened()["client_id"] == "id"


def test_a_process_that_was_running_opens_what_a_new_key_sealed():
    account = an_account()
    old = secrets.ring()
    path = secrets.ring_file()
    kept = path.read_text()
    try:
        path.write_text(old.with_new_key().text())  # by another process
        fresh = secrets.Ring.parse(path.read_text())
        account.sealed = fresh.seal('{"token": "new"}', row=f"account:{account.pk}")
        assert secrets.ring() is old
        assert account.opened().secret == {"token": "new"}
    finally:
        path.write_text(kept)
        secrets.ring.cache_clear()


def test_tokens_moved_to_another_row_do_not_open():
    mine, yours = an_account(), an_account()
    mine.sealed = yours.sealed
    with pytest.raises(secrets.CannotUnseal):
        mine.opened()
