import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from pesue.sharing.actions import links as actions
from pesue.sharing.clicks import door as doors
from pesue.sharing.clicks import log, visitors
from pesue.sharing.clicks.door import Door, Way, slug_of
from pesue.sharing.clicks.keeper import Keeper
from pesue.sharing.clicks.log import ClickLog
from pesue.sharing.clicks.visitors import Salts, client_address
from pesue.sharing.clicks.wsgi import WithLinks
from pesue.sharing.models import Link
from tests.make import NOON
from tests.make.sharing import a_share

HELSINKI = ZoneInfo("Europe/Helsinki")
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0"}
AT = NOON.timestamp()
SLUG, OTHER = "bcdfghj", "kmnpqrs"


def written(folder: Path) -> list[log.Click | None]:
    text = b"".join(path.read_bytes() for path in sorted(folder.glob("clk-*.log")))
    return [log.read(line) for line in text.splitlines() if line]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    door = Door(
        ClickLog(tmp_path), Salts(lambda day: b"%b" % str(day).encode(), HELSINKI),
        {OTHER: Way(8, "https://a.fi/8")}.get,
    )  # fmt: skip
    door.salts.prepare(NOON)
    door.learn(SLUG, Way(7, "https://a.fi/7"))
    yield door
    door.log.close()


def test_a_visitor_is_led_on_and_leaves_a_line_without_themselves(door, tmp_path):
    headers = {**FIREFOX, "referer": "https://www.linkedin.com/feed/?me=ana"}
    answer = door.follow(SLUG, "GET", headers, "192.0.2.7", AT)
    assert answer.status == 302
    assert dict(answer.headers) == {
        "location": "https://a.fi/7",
        "cache-control": "no-store",
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-robots-tag": "noindex",
    }
    [click] = written(tmp_path)
    number = visitors.visitor(b"2026-03-02", "192.0.2.7", FIREFOX["user-agent"])
    assert click == log.Click(
        int(AT * 1000), 7, number, "", "computer", "linkedin"
    )  # written before it was answered
    [path] = tmp_path.glob("clk-*.log")
    assert not any(
        secret in path.read_bytes() for secret in (b"192.0", b"Firefox", b"ana")
    )


def test_unknown_closed_and_written_to(door, tmp_path):
    door.learn(OTHER, Way(8, ""))
    assert door.follow("nothere", "GET", FIREFOX, "::1", AT).status == 404
    assert door.follow(OTHER, "GET", FIREFOX, "::1", AT).status == 410
    assert door.follow(SLUG, "POST", FIREFOX, "::1", AT).status == 405
    assert written(tmp_path) == []


def test_a_link_not_in_memory_is_sought_once(door):
    assert door.refuse(OTHER, "::1") is None
    assert door.seek(OTHER, "::1") is None
    assert door.follow(OTHER, "GET", FIREFOX, "::1", AT).status == 302


def test_an_absent_link_is_believed_for_a_while_then_sought_again(door, monkeypatch):
    answer = door.seek("zzzzzzz", "::1")
    assert answer is not None
    assert answer.status == 404
    assert door.refuse("zzzzzzz", "::2") == doors.UNKNOWN
    monkeypatch.setattr(doors.time, "monotonic", lambda: 1e12)
    assert door.refuse("zzzzzzz", "::2") is None


def test_guessing_is_refused_without_a_look_up_and_following_is_not(door):
    letters = doors.ALPHABET
    guesses = [f"zzzzz{a}{b}" for a in letters for b in letters][: doors.MISSES + 5]
    statuses = []
    for guess in guesses:
        answer = door.refuse(guess, "192.0.2.7")
        answer = answer or door.seek(guess, "192.0.2.7")
        statuses.append(answer.status)
    assert statuses == [404] * doors.MISSES + [429] * 5
    assert door.follow(SLUG, "GET", FIREFOX, "192.0.2.7", AT).status == 302
    assert door.refuse("zzzzzzz", "192.0.2.8") is None


def test_changing_the_address_within_ones_network_does_not_help_guessing(door):
    for n in range(doors.MISSES):
        slug, address = doors.ALPHABET[n] * 7, f"2001:db8::{n:x}"
        assert door.refuse(slug, address) is None
        door.seek(slug, address)
    refused = door.refuse("Z" * 7, "2001:db8::ffff")
    assert refused == doors.TOO_MANY
    assert door.refuse("Z" * 7, "2001:db8:0:1::1") is None


@pytest.mark.parametrize("odd", ["", "a", "bcdfgh/", "../../x", "bcdfghj\n", "é" * 7])
def test_what_cannot_be_a_link_costs_nothing(door, odd):
    assert door.refuse(odd, "::1") == doors.UNKNOWN


def test_memory_is_bounded(door, monkeypatch):
    monkeypatch.setattr(doors, "MOST_WAYS", 2)
    for slug in ("b" * 7, "c" * 7, "d" * 7):
        door.learn(slug, Way(1, "https://a.fi"))
    assert list(door.ways) == ["c" * 7, "d" * 7]


def test_a_database_out_of_reach_is_said_not_hidden(tmp_path):
    def broken(_slug: str) -> Way | None:
        raise OSError

    door = Door(ClickLog(tmp_path), Salts(lambda _day: b"s", HELSINKI), broken)
    assert door.seek(OTHER, "::1").status == 503
    door.log.close()


def test_slugs_stand_after_r_or_alone():
    for path in ("/r/bcdfghj", "/bcdfghj", "/r/bcdfghj/", "/r/bcdfghj)."):
        assert slug_of(path) == "bcdfghj"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, None, "10.0.0.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "6.6.6.6,[2001:db8::1]:80", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies, forwarded, address):
    assert client_address("10.0.0.1:80", forwarded, proxies) == address


def test_a_visitor_is_another_on_another_day_and_the_day_is_ours():
    salts = Salts(lambda day: str(day).encode(), HELSINKI)
    evening = datetime(2026, 3, 2, 21, 59, 59, tzinfo=UTC)  # 23.59.59 in Helsinki
    salts.prepare(evening)
    assert salts.secret(evening.timestamp()) == b"2026-03-02"
    assert salts.secret(evening.timestamp() + 1) == b"2026-03-03"  # fetched ahead


def test_without_the_shared_salt_one_of_our_own_serves_until_it_is_back():
    asked: list[date] = []

    def fetch(day: date) -> bytes:
        asked.append(day)
        if len(asked) < 2:
            raise OSError
        return b"shared"

    salts = Salts(fetch, HELSINKI)
    with pytest.raises(OSError):  # noqa: PT011
        salts.prepare(NOON)
    own = salts.secret(AT)
    assert len(own) == visitors.SALT_BYTES
    assert salts.secret(AT + 1) == own
    salts.prepare(NOON)
    assert salts.secret(AT + 2) == b"shared"
    salts.prepare(NOON)
    assert len(asked) == 2


def test_a_day_of_summer_time_ends_at_midnight():
    day = date(2026, 3, 29)  # 23 hours long in Helsinki
    begins = visitors.day_begins(day, HELSINKI)
    ends = visitors.day_begins(day + timedelta(days=1), HELSINKI)
    assert ends - begins == timedelta(hours=23)
    assert visitors.day_of(ends - timedelta(seconds=1), HELSINKI) == day


def served(pages: WithLinks, path: str, method: str = "GET", **more: str):
    heard: list[object] = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "REMOTE_ADDR": "::1"}
    environ |= {"HTTP_USER_AGENT": FIREFOX["user-agent"], **more}
    body = pages(environ, lambda status, headers: heard.extend([status, headers]))
    return heard[0], dict(heard[1]), b"".join(body)


@pytest.fixture
def pages(settings, tmp_path) -> Iterator[WithLinks]:
    settings.CLICK_LOG = tmp_path

    def plain(_environ, start):
        start("200 OK", [])
        return [b"a page"]

    wrapped = WithLinks(plain)
    yield wrapped
    if wrapped._keeper is not None:
        wrapped._keeper.close()


@pytest.mark.django_db(transaction=True)
def test_the_pages_own_server_follows_links_too(pages, tmp_path):
    link = actions.make_link(a_share(), now=NOON)
    assert served(pages, "/shares/")[2] == b"a page"
    assert pages.health() is None
    status, headers, body = served(pages, f"/r/{link.slug}")
    assert (status, headers["location"], body) == ("302 Found", link.target, b"")
    assert len(written(tmp_path)) == 1
    assert served(pages, "/r/nothere")[0] == "404 Not Found"
    assert served(pages, "/r/nothere", "HEAD")[2] == b""
    assert pages.health() == {
        "well": True,
        "links": 1,
        "clicks_not_written": 0,
        "seconds_without_database": 0,
    }


@pytest.mark.django_db(transaction=True)
def test_new_links_are_known_at_once_and_closed_ones_soon(pages):
    served(pages, "/r/nothere")  # opens the door
    link = actions.make_link(a_share(), now=datetime.now(UTC))
    assert served(pages, f"/r/{link.slug}")[0] == "302 Found"
    actions.close_link(link, now=datetime.now(UTC))
    pages.keeper().look()
    assert served(pages, f"/r/{link.slug}")[0] == "410 Gone"


@pytest.mark.django_db(transaction=True)
def test_a_link_stored_late_by_a_slow_transaction_is_still_taken_in(pages):
    served(pages, "/r/nothere")
    keeper = pages.keeper()
    keeper.look()
    link = actions.make_link(a_share(), now=NOON)
    Link.objects.update(changed_at=datetime.now(UTC) - timedelta(seconds=30))
    keeper.look()
    assert link.slug in keeper.door.ways


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_door(pages):
    found: set[Keeper] = set()
    begin = threading.Barrier(8)

    def ask() -> None:
        begin.wait()
        found.add(pages.keeper())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
