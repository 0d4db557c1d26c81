"""A fediverse server that we did not write (npm fedify), told by /control what to do.

Its actors come to be when they are first named: a test names its own.
"""

from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import httpx


@dataclass
class Fedify:
    url: str

    def actor(self, name: str, **wishes: Any) -> str:
        """The address of its actor; `follows`: accept, ignore or reject."""
        made = self.tell("actor", name=name, **wishes)
        address: str = made["url"]
        return address

    def handle(self, name: str) -> str:
        return f"{name}@{self.url.removeprefix('http://')}"

    def tell(self, deed: str, **what: Any) -> dict[str, Any]:
        """follow, unfollow, block, create, send, forged, crowd, rotate, mode..."""
        answer = httpx.post(f"{self.url}/control/{deed}", json=what, timeout=300)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def ask(self, question: str, **which: str) -> Any:
        """received, deliveries, asks, asked, counted, lookup, outbox."""
        url = f"{self.url}/control/{question}"
        answer = httpx.get(url, params=which, timeout=300)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def forget(self) -> None:
        """What it received, what it holds of others, and how its inboxes behave."""
        self.tell("forget")

    def received(self, **which: str) -> list[dict[str, Any]]:
        """The activities whose signature held, the oldest first; by type or name."""
        found: list[dict[str, Any]] = self.ask("received", **which)
        return found

    def awaited(self, *, seconds: float = 15, **which: str) -> dict[str, Any]:
        """The newest such activity, once there is one."""
        end = monotonic() + seconds
        while not (found := self.received(**which)):
            assert monotonic() < end, f"nothing like {which} within {seconds} s"
            sleep(0.1)
        return found[-1]
