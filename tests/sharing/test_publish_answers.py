"""What a network may send, whatever it is, and what becomes of the share."""

import gzip
import json

import httpx
import pytest
from django.utils.translation import override

from pesue.sharing.actions import publish
from tests.make import NOON
from tests.make.sharing import a_due_share
from tests.sharing.networks import FINE, Network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


def test_a_bomb_is_a_silence():
    bomb = gzip.compress(b"x" * 50_000_000)
    share = a_due_share()
    network = Network(
        httpx.Response(
            200,
            headers={"Content-Encoding": "gzip"},
            stream=httpx.ByteStream(bomb),
        )
    )

    publish.publish(share, now=NOON, http=network.connect())

    assert share.unanswered_since == NOON


def test_a_packed_answer_is_read():
    packed = gzip.compress(json.dumps(FINE).encode())
    share = a_due_share()
    network = Network(
        httpx.Response(
            200,
            headers={"Content-Encoding": "gzip"},
            stream=httpx.ByteStream(packed),
        )
    )

    publish.publish(share, now=NOON, http=network.connect())

    assert (share.state, share.ref) == ("shared", "1")


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "\x00", "content": ""},
        {"id": "x" * 300, "content": ""},
        {"id": {"a": 1}, "content": ""},
    ],
)
def test_an_answer_that_names_no_post_is_a_silence(odd):
    share = a_due_share()
    publish.publish(share, now=NOON, http=Network(odd).connect())
    assert share.unanswered_since == NOON


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "x" * 900, 7])
def test_an_odd_address_is_not_kept(url):
    share = a_due_share()
    publish.publish(share, now=NOON, http=Network({**FINE, "url": url}).connect())
    assert (share.state, share.url) == ("shared", "")


def test_what_a_network_says_is_kept_as_one_clean_line():
    share = a_due_share()
    said = httpx.Response(422, json={"error": "No\x00\n\u202e way " + "x" * 900})
    publish.publish(share, now=NOON, http=Network(said).connect())
    assert share.why.startswith("Mastodon answered: No way x")
    assert len(share.why) <= 300


def test_an_answer_without_end_is_a_silence():
    def drip():
        while True:
            yield b"x" * 500_000

    share = a_due_share()
    network = Network(httpx.Response(200, content=drip()))

    publish.publish(share, now=NOON, http=network.connect())

    assert share.unanswered_since == NOON
