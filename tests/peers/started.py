"""Starts the real servers of tests/peers/servers, one of each for all tests."""

import fcntl
import json
import os
import subprocess
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
SERVERS = Path(__file__).parent / "servers"
PEERS = Path(os.environ.get("PEERS", ROOT / ".peers"))


def script(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SERVERS / f"{name}.sh", *words],
        env={**os.environ, "PEERS": str(PEERS)},
        stdout=subprocess.PIPE,
        timeout=120,
        text=True,
    )


def start(name: str) -> dict[str, Any]:
    """Its facts; the one server serves all processes of pytest, whoever came first."""
    PEERS.mkdir(exist_ok=True)
    with (PEERS / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if script(name, "status").returncode:
            (Path(os.environ["PESUE_TEST_HOME"]) / f"{name}.ours").touch()
        done = script(name, "start")
        done.check_returncode()
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def stop_ours() -> None:
    """Those that this run of pytest has started."""
    for mark in Path(os.environ["PESUE_TEST_HOME"]).glob("*.ours"):
        script(mark.stem, "stop")


@dataclass
class Mastodon:
    """A Mastodon-API server that we did not write, and its faults."""

    url: str
    token: str
    user: str

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.request(method, f"{self.url}{path}", headers=headers, **how)

    def fault(
        self,
        *,
        method: str = "POST",
        path: str = "/api/v1/statuses",
        count: int = 1,
        **effect: Any,
    ) -> None:
        """The next `count` such requests go wrong.

        effect: type="ratelimit" | "status" (status=503) | "malformed" |
        "latency" | "timeout" (both delay_ms=...).
        """
        match = {"methods": [method], "path": path}
        told = {"match": match, "effect": effect, "count": count}
        self.ask("POST", "/api/v1/_mock/faults", json=told).raise_for_status()

    def reset(self) -> None:
        self.ask("POST", "/api/v1/_mock/reset").raise_for_status()

    def statuses(self) -> list[dict[str, Any]]:
        """What stands on the account, the newest first."""
        me = self.ask("GET", "/api/v1/accounts/verify_credentials").json()["id"]
        found: list[dict[str, Any]] = self.ask(
            "GET", f"/api/v1/accounts/{me}/statuses", params={"limit": 40}
        ).json()
        return found


@dataclass(frozen=True)
class PdsAccount:
    did: str
    handle: str
    password: str
    app_password: str


@dataclass
class Pds:
    """The reference PDS of Bluesky; `ca` signs what it trusts as https."""

    url: str
    plc: str
    ca: str
    ca_key: str

    def account(self) -> PdsAccount:
        name = f"emp{token_hex(4)}"
        handle, password = f"{name}.test", f"pw-{name}"
        with httpx.Client(base_url=f"{self.url}/xrpc/", timeout=20) as client:
            made = client.post(
                "com.atproto.server.createAccount",
                json={
                    "handle": handle,
                    "email": f"{name}@x.test",
                    "password": password,
                },
            )
            made.raise_for_status()
            owner = {"Authorization": f"Bearer {made.json()['accessJwt']}"}
            app = client.post(
                "com.atproto.server.createAppPassword",
                json={"name": "pesue"},
                headers=owner,
            )
            app.raise_for_status()
        return PdsAccount(made.json()["did"], handle, password, app.json()["password"])

    def posts(self, account: PdsAccount) -> list[dict[str, Any]]:
        """What stands in the account's repository, the newest first."""
        answer = httpx.get(
            f"{self.url}/xrpc/com.atproto.repo.listRecords",
            params={"repo": account.did, "collection": "app.bsky.feed.post"},
        )
        answer.raise_for_status()
        records: list[dict[str, Any]] = answer.json()["records"]
        return records


@dataclass
class Mailbox:
    """An SMTP server that takes every mail, and what it took."""

    host: str
    port: int
    box: Path
    seen: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    def mails(self, to: str) -> list[EmailMessage]:
        """Those to the address `to`, the oldest first."""
        paths = sorted((self.box / "new").glob("*"), key=lambda p: p.stat().st_mtime)
        read = [
            message_from_bytes(p.read_bytes(), policy=policy.default) for p in paths
        ]
        return [mail for mail in read if to in str(mail["To"])]

    def awaited(self, to: str, *, seconds: float = 15) -> EmailMessage:
        """The newest mail to `to`, once there is one."""
        end = monotonic() + seconds
        while not (found := self.mails(to)):
            assert monotonic() < end, f"no mail to {to} within {seconds} s"
            sleep(0.1)
        return found[-1]
