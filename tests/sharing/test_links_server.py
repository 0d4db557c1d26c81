import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pesue.sharing.clicks import server
from pesue.sharing.clicks.door import ALPHABET, Door, Way
from pesue.sharing.clicks.log import ClickLog
from pesue.sharing.clicks.visitors import Salts


class Headers(dict[str, str]):
    def get_all(self, name: str) -> list[str]:
        return [value for key, value in self.items() if key.startswith(name)]


def a_request(path: str, client: str = "[2001:db8::1]:80", **headers: str) -> Any:
    return SimpleNamespace(
        path=path,
        method="GET",
        client=client,
        headers=Headers({k.replace("_", "-"): v for k, v in headers.items()}),
    )


class Heard:
    """What granian would send."""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], _body: bytes
    ) -> None:
        self.response_empty(status, headers)


@pytest.fixture
def links(tmp_path: Path):
    links = server.Links()
    links.proxies = 0
    links.seekers = ThreadPoolExecutor(2)
    salts = Salts(lambda _day: b"s", ZoneInfo("UTC"))
    door = Door(ClickLog(tmp_path), salts, {"kmnpqrs": Way(8, "https://a.fi/8")}.get)
    links.keeper = SimpleNamespace(door=door, health=lambda: {"well": False})
    yield links
    links.seekers.shutdown()
    door.log.close()


def asked(links: server.Links, request: Any) -> Heard:
    heard = Heard()
    asyncio.run(links.__rsgi__(request, heard))
    return heard


def test_a_link_not_in_memory_is_followed_at_once(links):
    assert asked(links, a_request("/r/kmnpqrs")).headers["location"] == "https://a.fi/8"
    assert asked(links, a_request("/r/zzzzzzz")).status == 404


def test_health_is_told_by_the_status(links):
    assert asked(links, a_request("/health")).status == 503


def test_a_header_added_by_our_proxy_counts_and_the_visitors_own_does_not(links):
    links.proxies = 1
    request = a_request("/", x_forwarded_for="6.6.6.6", x_forwarded_for_2="192.0.2.1")
    assert links._address(request) == "192.0.2.1"
    links.proxies = 0
    assert links._address(request) == "2001:db8::1"


def test_a_crowd_of_unknown_links_does_not_pile_up(links):
    slugs = [f"zzzz{a}{b}z" for a in ALPHABET for b in ALPHABET]
    crowd, more = slugs[: server.MOST_SEEKING], slugs[server.MOST_SEEKING :][:5]
    opened = threading.Event()

    def find(_slug: str) -> None:
        opened.wait(20)

    links.keeper.door._find = find

    async def come() -> list[int]:
        async def one(n: int, slug: str) -> int:
            address = f"198.51.{n // 250}.{n % 250}"
            return (await links._sought(slug, a_request("/"), address, 0.0)).status

        first = [asyncio.create_task(one(n, slug)) for n, slug in enumerate(crowd)]
        await asyncio.sleep(0)
        late = [await one(1000 + n, slug) for n, slug in enumerate(more)]
        opened.set()
        assert set(await asyncio.gather(*first)) == {404}
        return late

    assert asyncio.run(come()) == [503] * 5
    assert links.seeking == 0
