import gzip
import socket
import time
import zlib
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest
from django.test import override_settings
from django.utils.translation import override

from pesue.foundation.http import REASONS, Forbidden, Unfetchable, client, fetch
from tests.make.web import Answer, a_site

Resolve = Callable[..., list[Any]]


def refused(url: str, **limits: Any) -> Unfetchable:
    with pytest.raises(Unfetchable) as refusal:
        fetch(url, **limits)
    assert str(refusal.value)
    return refusal.value


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let every name lead to these addresses, one per question; returns the names."""
    asked: list[str] = []
    left = list(answers)

    def answer(host: str, port: int, **_also: Any) -> list[Any]:
        asked.append(host)
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_page_is_fetched() -> None:
    with a_site() as site:
        site.answers["/a"] = Answer(
            "Hyvää".encode(),
            "text/html; charset=UTF-8",
            headers={"ETag": '"x"', "Last-Modified": "Sun, 01 Mar 2026 08:00:00 GMT"},
        )
        found = fetch(f"{site.url}/a", accept=("text/html",))
        assert (found.status, found.type, found.charset) == (200, "text/html", "utf-8")
        assert (found.body.decode(), found.etag) == ("Hyvää", '"x"')
        assert "Pesue/" in site.asked[0][1]["User-Agent"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "127.1", "[::1]"]
)
def test_our_own_machine_is_closed_in_every_notation(host: str) -> None:
    with a_site(open=False) as site:
        port = site.url.rsplit(":", 1)[1]
        assert refused(f"http://{host}:{port}/").reason in {"private", "address"}
        assert site.asked == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("gopher://127.0.0.1:25/x", "scheme"),
        ("example.org", "scheme"),
        ("http://", "address"),
        ("http://exa mple.org:x/", "address"),
        ("https://me:secret@example.org/", "password"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://nowhere.invalid/", "unknown"),
    ],
)
def test_what_is_no_public_web_address(url: str, reason: str) -> None:
    assert refused(url).reason == reason


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:{port}/", "http://169.254.169.254/", "file:///etc/hosts"],
)
def test_each_redirect_is_looked_at(target: str) -> None:
    only_this = override_settings(ALLOW_PRIVATE_NETWORKS=["127.0.0.1/32"])
    with a_site() as site, only_this:
        away = target.format(port=site.url.rsplit(":", 1)[1])
        site.answers["/"] = Answer(status=302, headers={"Location": away})
        assert refused(site.url + "/").reason in {"private", "scheme"}
        assert site.paths() == ["/"]


def test_a_name_that_changes_its_answer_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_site(open=False) as site:
        port = int(site.url.rsplit(":", 1)[1])
        connected: list[str] = []

        def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
            connected.append(address[0])
            raise ConnectionRefusedError

        monkeypatch.setattr(socket, "create_connection", connect)
        asked = resolving(monkeypatch, "93.184.216.34", "127.0.0.1")
        assert refused("http://rebind.example.org:8080/").reason == "silent"
        assert (asked, connected) == (["rebind.example.org"], ["93.184.216.34"])
        assert refused(f"http://rebind.example.org:{port}/").reason == "private"
        assert site.asked == []


def test_a_name_with_one_closed_address_uses_the_open_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    def answer(host: str, port: int, **_also: Any) -> list[Any]:
        found = ["127.0.0.1", "93.184.216.34"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    refused("http://mixed.example.org/")
    assert connected == ["93.184.216.34"]


def test_odd_ports_of_public_machines_stay_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch, "93.184.216.34")
    assert refused("http://example.org:25/").reason == "port"


def test_a_bomb_is_counted_as_it_unpacks() -> None:
    with a_site() as site:
        bomb = gzip.compress(bytes(50_000_000))
        assert len(bomb) < 60_000
        site.answers["/"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
        twice = gzip.compress(bomb)
        site.answers["/2"] = Answer(twice, headers={"Content-Encoding": "gzip, gzip"})
        began = time.process_time()
        assert refused(site.url + "/", most_bytes=1_000_000).reason == "large"
        assert refused(site.url + "/2").reason == "broken"
        assert time.process_time() - began < 2


def test_gzip_and_a_large_plain_body() -> None:
    with a_site() as site:
        packed = gzip.compress(b"news" * 1000)
        site.answers["/"] = Answer(packed, headers={"Content-Encoding": "gzip"})
        site.answers["/large"] = Answer(bytes(2_000_001))
        cut = zlib.compress(b"x" * 1000)[:-20] + b"garbage!"
        site.answers["/bad"] = Answer(cut, headers={"Content-Encoding": "gzip"})
        assert fetch(site.url + "/").body == b"news" * 1000
        assert refused(site.url + "/large", most_bytes=2_000_000).reason == "large"
        assert len(fetch(site.url + "/large", most_bytes=2_000_001).body) == 2_000_001
        assert refused(site.url + "/bad").reason == "broken"


@pytest.mark.parametrize("place", ["headers", "body"])
def test_a_slow_drip_ends_in_time(place: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n"
        handler.wfile.write(head + (b"" if place == "headers" else b"\r\n"))
        for _ in range(100):
            handler.wfile.write(b"x-a: b\r\n" if place == "headers" else b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with a_site() as site:
        site.answers["/"] = Answer(send=drip)
        began = time.monotonic()
        assert refused(site.url + "/", seconds=0.4).reason == "slow"
        assert time.monotonic() - began < 4


def test_answers_that_break_off_or_make_no_sense() -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    def noise(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\x01\x02" * 50)

    with a_site() as site:
        site.answers["/half"] = Answer(send=half)
        site.answers["/noise"] = Answer(send=noise)
        site.answers["/where"] = Answer(status=302, headers={"Location": "http://[::"})
        for path in ("/half", "/noise", "/where"):
            assert refused(site.url + path).reason in {"broken", "address"}


def test_redirects_end_and_permanent_ones_are_remembered() -> None:
    def to(path: str, status: int) -> Answer:
        return Answer(status=status, headers={"Location": path})

    with a_site() as site:
        site.answers |= {
            "/old": to("/new", 301),
            "/new": to("/now", 302),
            "/now": Answer(b"here"),
            "/round": to("/round", 302),
        }
        found = fetch(site.url + "/old")
        assert (found.url, found.moved_to) == (f"{site.url}/now", f"{site.url}/new")
        assert refused(site.url + "/round").reason == "redirects"
        assert site.paths().count("/round") == 6


def test_types_and_statuses() -> None:
    with a_site() as site:
        site.answers |= {
            "/svg": Answer(b"<svg/>", "image/svg+xml"),
            "/any": Answer(b"x", ""),
            "/304": Answer(status=304, type=""),
            "/403": Answer(status=403),
            "/500": Answer(status=500),
            "/429": Answer(status=429, headers={"Retry-After": "120"}),
            "/503": Answer(status=503, headers={"Retry-After": "99999999999"}),
        }
        wanted = ("image/png", "image/jpeg")
        assert refused(site.url + "/svg", accept=wanted).reason == "type"
        assert fetch(site.url + "/svg", accept=("image/*",)).body == b"<svg/>"
        assert fetch(site.url + "/any", accept=wanted).body == b"x"
        assert fetch(site.url + "/304", accept=wanted).status == 304
        assert refused(site.url + "/none").reason == "gone"
        assert refused(site.url + "/403").reason == "closed"
        assert refused(site.url + "/500").about["status"] == 500
        assert refused(site.url + "/429").wait == timedelta(minutes=2)
        assert refused(site.url + "/503").wait == timedelta(days=7)


def test_proxies_and_passwords_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with a_site() as site:
        site.answers["/"] = Answer(b"straight")
        assert fetch(site.url + "/").body == b"straight"


def test_the_client_of_channels_has_the_same_guard() -> None:
    with a_site(open=False) as site, client() as http:
        with pytest.raises(Forbidden) as refusal:
            http.post(site.url, json={"status": "hello"})
        assert isinstance(refusal.value, httpx.ConnectError)
        assert site.asked == []


def test_reasons_are_whole_sentences_in_the_readers_language() -> None:
    with override("en"):
        text = str(Unfetchable("private", host="intra.example.org"))
    assert text.startswith("intra.example.org is inside a private network")
    assert all(str(words)[-1] == "." for words in REASONS.values())
