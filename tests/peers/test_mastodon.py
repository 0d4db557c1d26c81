"""Publishing to a Mastodon-API server that we did not write."""

import io
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings as django_settings
from PIL import Image

from pesue.content.models import Picture
from pesue.foundation.http import client
from pesue.sharing.actions import accounts, publish, settling
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.channels.keys import new_key
from tests.make.people import a_member
from tests.peers.cutting import Fault, Proxy
from tests.peers.posting import due, send
from tests.peers.sending import House

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CREATE = "POST /api/v1/statuses "


@pytest.fixture(autouse=True)
def nearby(settings):
    settings.ALLOW_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]


def connected(server, url=""):
    """An account by the server's own token; through the proxy at `url` if given."""
    with client() as http:
        found = CHANNELS["mastodon"].connection(url or server.url, server.token, http)
    return accounts.keep(a_member(), "mastodon", found, now=datetime.now(UTC))


def a_picture():
    packed = io.BytesIO()
    Image.new("RGB", (320, 200), (20, 90, 200)).save(packed, "WEBP")
    folder = Path(django_settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "blue.webp").write_bytes(packed.getvalue())
    return Picture.objects.create(
        file="blue.webp", alt="Sininen laatikko", width=320, height=200
    )


def test_a_post_with_picture_and_link_stands_and_is_deleted(mastodon):
    share = due(connected(mastodon), language="en", picture=a_picture())

    assert send(share) == "shared"

    (status,) = mastodon.statuses()
    assert status["url"] == share.url
    assert f"/{share.link.slug}" in status["content"]
    assert status["language"] == "en"
    (media,) = status["media_attachments"]
    assert media["description"] == "Sininen laatikko"

    with client() as http:
        settling.delete(share, now=datetime.now(UTC), http=http)
    assert (share.state, mastodon.statuses()) == ("deleted", [])


def test_the_post_can_be_read_back(mastodon):
    share = due(connected(mastodon))
    send(share)
    sending = publish.sending_of(share, now=share.send_at)
    with client() as http:
        found = sending.channel.find(sending.post, sending.account, http)
        other = base.Post(sending.post.text, new_key(datetime.now(UTC)), link="/none")
        missing = sending.channel.find(other, sending.account, http)
    assert found == base.Sent(share.url, share.ref)
    assert missing is None


def test_a_text_alone_is_read_back_by_its_words(mastodon):
    account = connected(mastodon)
    post = base.Post("Rivi\n\ntoinen & <b>", new_key(datetime.now(UTC)))
    with client() as http:
        sent = CHANNELS["mastodon"].publish(post, account.opened(), http)
        assert CHANNELS["mastodon"].find(post, account.opened(), http) == sent


@pytest.mark.parametrize(
    ("fault", "first"),
    [
        ({"type": "ratelimit"}, "scheduled"),
        ({"type": "status", "status": 503}, "scheduled"),
        ({"type": "malformed"}, "scheduled"),
        ({"type": "timeout", "delay_ms": 4000}, "scheduled"),
        ({"type": "latency", "delay_ms": 300}, "shared"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["type"],
)
def test_whatever_goes_wrong_one_post_stands(mastodon, fault, first):
    share = due(connected(mastodon))
    mastodon.fault(**fault)

    assert send(share, seconds=2) == first
    if first == "scheduled":
        send(share, minutes=20)

    assert share.state == "shared"
    assert len(mastodon.statuses()) == 1


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_a_cut_connection_leaves_one_post(mastodon, fault):
    with Proxy(urlsplit(mastodon.url).port, CREATE) as proxy:
        share = due(connected(mastodon, proxy.url))
        proxy.fail(fault)

        assert send(share) == "scheduled"
        assert share.unanswered_since
        assert len(mastodon.statuses()) == (fault == Fault.CUT_AFTER)
        assert send(share, minutes=2) == "shared"

    assert proxy.met == 1
    assert len(mastodon.statuses()) == 1


@pytest.mark.parametrize(
    ("fault", "state", "posts"),
    [(Fault.CUT_AFTER, "shared", 1), (Fault.CUT_BEFORE, "unknown", 0)],
)
def test_a_server_without_idempotency_never_gets_a_second_post(
    mastodon, fault, state, posts
):
    port = urlsplit(mastodon.url).port
    with Proxy(port, CREATE, without="idempotency-key") as proxy:
        account = connected(mastodon, proxy.url)
        account.limits = {**account.limits, "software": "other"}
        account.save()
        share = due(account)
        proxy.fail(fault)

        assert send(share) == "scheduled"
        assert send(share, minutes=2) == state

    assert len(mastodon.statuses()) == posts


def test_a_picture_that_could_not_be_sent_leaves_no_doubt(mastodon):
    port = urlsplit(mastodon.url).port
    with Proxy(port, "POST /api/v2/media ") as proxy:
        share = due(connected(mastodon, proxy.url), picture=a_picture())
        proxy.fail(Fault.CUT_AFTER)

        assert send(share) == "scheduled"
        assert share.unanswered_since is None
        assert send(share, minutes=6) == "shared"

    assert len(mastodon.statuses()) == 1


def test_a_revoked_token_disconnects(mastodon):
    account = connected(mastodon)
    share = due(account)
    account.sealed = account.seal({"token": "no such token"})
    account.save()

    assert send(share) == "refused"

    account.refresh_from_db()
    assert account.state == "disconnected"


@pytest.mark.parametrize("fault", [Fault.STALL_BEFORE, Fault.STALL_AFTER])
@pytest.mark.parametrize(
    ("minutes", "if_before"), [(11, "shared"), (45, "unknown")], ids=["soon", "late"]
)
def test_a_worker_killed_in_mid_publish(mastodon, tmp_path, fault, minutes, if_before):
    """Within the server's promise one post stands; past it, what stands is found,
    and what is not there is asked about: never is there a second one."""
    house = House(tmp_path)
    with Proxy(urlsplit(mastodon.url).port, CREATE) as proxy:
        with client() as http:
            channel = CHANNELS["mastodon"]
            found = channel.connection(proxy.url, mastodon.token, http)
        house.ask(
            "prepare",
            channel="mastodon",
            server=proxy.url,
            name=found.name,
            secret=dict(found.secret),
            limits=dict(found.limits),
        )
        proxy.fail(fault)
        worker = house.worker()
        assert proxy.seen.wait(30)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)

        killed, _released, settled = house.ask("turns", at=[minutes, minutes + 2])

    there = fault == Fault.STALL_AFTER
    assert killed == "sending"
    assert settled == ("shared" if there else if_before)
    stands = there or if_before == "shared"
    assert len(mastodon.statuses()) == stands


def test_a_server_that_sends_us_elsewhere_is_not_followed(mastodon):
    moved = httpx.MockTransport(
        lambda _: httpx.Response(307, headers={"Location": mastodon.url})
    )
    share = due(connected(mastodon))
    with httpx.Client(transport=moved) as http:
        publish.publish(share, now=share.send_at, http=http)
    assert (share.state, mastodon.statuses()) == ("refused", [])
