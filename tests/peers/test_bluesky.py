"""Publishing to the reference PDS of Bluesky."""

import io
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings as django_settings
from django.utils.translation import override
from PIL import Image

from pesue.content.models import Picture
from pesue.foundation.http import client
from pesue.sharing.actions import accounts, connect, publish, settling
from pesue.sharing.channels import CHANNELS
from pesue.sharing.steps.publish import renew_tokens
from tests.make.content import an_item
from tests.make.people import a_member
from tests.peers.cutting import Fault, Proxy
from tests.peers.posting import due, send
from tests.peers.sending import House

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


MINUTE = timedelta(minutes=1)
CREATE = "com.atproto.repo.createRecord"


@pytest.fixture(autouse=True)
def nearby(settings, monkeypatch, pds):
    settings.ALLOW_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
    monkeypatch.setenv("PESUE_PLC_DIRECTORY", pds.plc)


@pytest.fixture
def person(pds):
    return pds.account()


def connected(pds, person, url=""):
    """An account by app password; through the proxy at `url` if given."""
    with client() as http:
        account = connect.connect(
            a_member(),
            "bluesky",
            name=f"@{person.handle}",
            server=url or pds.url,
            password=person.app_password,
            now=datetime.now(UTC),
            http=http,
        )
    return account


def a_picture(side=(640, 400)):
    packed = io.BytesIO()
    Image.effect_noise(side, 90).save(packed, "WEBP", quality=95)
    folder = Path(django_settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "noise.webp").write_bytes(packed.getvalue())
    width, height = side
    return Picture.objects.create(
        file="noise.webp", alt="Kohinaa", width=width, height=height
    )


def pieces(record):
    """What each facet covers, and what it is."""
    data = record["text"].encode()
    return [
        (
            data[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode(),
            f["features"][0].get("uri") or f["features"][0].get("tag"),
        )
        for f in record["facets"]
    ]


def test_a_post_with_a_large_picture_and_a_link_stands_and_is_deleted(pds, person):
    share = due(connected(pds, person), picture=a_picture((3000, 2000)))

    assert send(share) == "shared"

    (post,) = pds.posts(person)
    record = post["value"]
    assert share.url.endswith(f"/{person.did}/post/{share.key}")
    assert post["uri"] == share.ref
    (image,) = record["embed"]["images"]
    assert image["alt"] == "Kohinaa"
    assert image["image"]["size"] <= 1_000_000
    assert record["langs"] == ["fi"]
    link = f"{django_settings.LINK_ADDRESS}/{share.link.slug}"
    assert pieces(record) == [(link, link), ("#työ", "työ")]

    with client() as http:
        settling.delete(share, now=datetime.now(UTC), http=http)
    assert (share.state, pds.posts(person)) == ("deleted", [])


def test_a_link_brings_a_card_with_the_items_picture(pds, person):
    item = an_item(summary="Vettä säästyi.", picture=a_picture())
    share = due(connected(pds, person), text="Hieno juttu", item=item)

    assert send(share) == "shared"

    record = pds.posts(person)[0]["value"]
    card = record["embed"]["external"]
    assert record["text"] == f"Hieno juttu\n\n{card['uri']}"
    assert card["uri"].endswith(share.link.slug)
    assert (card["title"], card["description"]) == (item.title, "Vettä säästyi.")
    assert card["thumb"]["mimeType"] == "image/jpeg"


def test_a_text_that_is_too_long_is_refused_in_words(pds, person):
    share = due(connected(pds, person), text="ä" * 301)

    assert send(share) == "refused"
    assert "grapheme" in share.why


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_a_cut_connection_leaves_one_post(pds, person, fault):
    with Proxy(urlsplit(pds.url).port, CREATE) as proxy:
        share = due(connected(pds, person, proxy.url))
        proxy.fail(fault)

        assert send(share) == "scheduled"
        assert share.unanswered_since
        assert len(pds.posts(person)) == (fault == Fault.CUT_AFTER)
        assert send(share, minutes=90) == "shared"

    assert [post["uri"] for post in pds.posts(person)] == [share.ref]


def test_a_repeat_without_looking_makes_no_second_post(pds, person):
    share = due(connected(pds, person))
    send(share)
    sending = publish.sending_of(share, now=share.send_at)

    with client() as http, pytest.raises(publish.base.Unanswered):
        sending.channel.publish(sending.post, sending.account, http)

    assert len(pds.posts(person)) == 1


@pytest.mark.parametrize("fault", [Fault.STALL_BEFORE, Fault.STALL_AFTER])
def test_a_worker_killed_in_mid_publish(pds, person, tmp_path, fault):
    house = House(tmp_path)
    with Proxy(urlsplit(pds.url).port, CREATE) as proxy:
        with client() as http:
            found = CHANNELS["bluesky"].sign_in(
                person.handle, proxy.url, person.app_password, http
            )
        house.ask(
            "prepare",
            channel="bluesky",
            server=proxy.url,
            name=found.name,
            secret=dict(found.secret),
            limits={},
        )
        proxy.fail(fault)
        worker = house.worker()
        assert proxy.seen.wait(30)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)

        killed, _released, settled = house.ask("turns", at=[45, 47])

    assert (killed, settled) == ("sending", "shared")
    assert len(pds.posts(person)) == 1


def test_tokens_are_renewed_before_they_end_and_revoked_in_the_end(pds, person):
    account = connected(pds, person)
    before = account.opened().secret["refresh"]
    near = account.expires_at - timedelta(days=1)

    assert renew_tokens(near) == 1

    account.refresh_from_db()
    secret = dict(account.opened().secret)
    assert secret["refresh"] != before
    assert send(due(account)) == "shared"

    with client() as http:
        accounts.disconnect(account, now=datetime.now(UTC), http=http)
    again = httpx.post(
        f"{pds.url}/xrpc/com.atproto.server.refreshSession",
        headers={"Authorization": f"Bearer {secret['refresh']}"},
    )
    assert again.status_code in (400, 401)


def test_a_token_that_ended_is_renewed_on_the_way(pds, person):
    account = connected(pds, person)
    secret = {**account.opened().secret, "access": "junk"}
    account.sealed = account.seal(secret)
    account.renewed_at -= timedelta(hours=1)
    account.save()
    share = due(account)

    assert send(share) == "scheduled"
    assert send(share) == "shared"


def test_a_wrong_password_connects_nothing(pds, person):
    with client() as http, pytest.raises(connect.NotConnected, match="does not know"):
        connect.connect(
            a_member(),
            "bluesky",
            name=person.handle,
            server=pds.url,
            password="wrong",
            now=datetime.now(UTC),
            http=http,
        )
