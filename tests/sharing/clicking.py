"""A links server of its own, and visitors who each come once and remember it."""

import asyncio
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from pesue.sharing.clicks.visitors import visitor
from pesue.sharing.models import Landing, Visit
from pesue.sharing.models.links import Salt
from pesue.supervisor import links_command, web_command

HOST = "127.0.0.1"
INGESTER = """
import django, time
from datetime import UTC, datetime
django.setup()
from pesue.sharing.steps.links import ingest
print("ready", flush=True)
while True:
    ingest(datetime.now(UTC)) or time.sleep(0.01)
"""


def environment(data: Path) -> dict[str, str]:
    """For processes that share the test's own database and a click log in `data`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PESUE_")}
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        (data / "pesue.sqlite3").symlink_to(told["NAME"])
    else:
        kept["DATABASE_URL"] = (
            f"postgres://{told['USER']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
        )
    return {
        **kept,
        "PESUE_DATA": str(data),
        "PESUE_TRUSTED_PROXIES": "0",
        "DJANGO_SETTINGS_MODULE": "pesue.settings",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in text.split()]
    return []


class Process:
    """A process with a session of its own, that can be killed in several ways."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.command, self.env = command, env
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.env, start_new_session=True, stdout=subprocess.PIPE
        )

    def kill(self) -> None:
        """SIGKILL for all of it at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def revive(self) -> None:
        """As `pesue run` does. granian gives up when its process falls twice soon."""
        if self.process.poll() is not None:
            self.kill()
            self.start()

    def kill_a_child(self) -> None:
        """SIGKILL for the process that does the work; its parent starts another."""
        for child in children(self.process.pid)[-1:]:
            os.kill(child, signal.SIGKILL)


@contextmanager
def a_server(
    env: dict[str, str], *, pages: bool = False
) -> Iterator[tuple[Process, int]]:
    """The links' own server, or that of the pages."""
    port = free_port()
    command = web_command(HOST, port, 1, 4) if pages else links_command(HOST, port, 1)
    server = Process(command, env)
    try:
        yield server, port
    finally:
        server.kill()


@dataclass
class Visitors:
    """Connections that follow a link over and over, each time as somebody else."""

    port: int
    slugs: list[str]  # or paths
    revive: Callable[[], None]
    connections: int = 8
    sent: int = 0
    answered: list[int] = field(default_factory=list)
    ending: bool = False

    async def come(self) -> None:
        """Until `ending`; a broken connection is opened anew."""
        await asyncio.gather(*(self._one() for _ in range(self.connections)))

    async def _one(self) -> None:
        while not self.ending:
            try:
                reader, writer = await asyncio.open_connection(HOST, self.port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._follow(reader, writer)
            writer.close()

    async def _follow(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not self.ending:
            number, self.sent = self.sent, self.sent + 1
            slug = self.slugs[number % len(self.slugs)]
            writer.write(
                f"GET {slug if '/' in slug else f'/r/{slug}'} HTTP/1.1\r\n"
                f"Host: localhost\r\nUser-Agent: {agent(number)}\r\n\r\n".encode()
            )
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
            if head[9:12] in (b"200", b"302"):
                self.answered.append(number)
            if length := re.search(rb"content-length: (\d+)", head.lower()):
                await asyncio.wait_for(reader.readexactly(int(length[1])), 20)

    async def until_answered(self, more: int, within: float = 60.0) -> None:
        goal, until = len(self.answered) + more, time.monotonic() + within
        while len(self.answered) < goal:
            assert time.monotonic() < until, "the links server does not answer"
            self.revive()
            await asyncio.sleep(0.005)


def agent(number: int) -> str:
    return f"Mozilla/5.0 (X11; Linux x86_64) Firefox/133.{number}"


async def disturbed(
    visitors: Visitors,
    disturb: list[Callable[[], None]],
    rng: random.Random,
    most: int,
) -> None:
    """Let the visitors come and do each thing of `disturb` at a random moment, when
    at most `most` have been answered since the last."""
    coming = asyncio.create_task(visitors.come())
    for act in disturb:
        await visitors.until_answered(rng.randrange(50, most))
        await asyncio.sleep(rng.random() * 0.05)
        await asyncio.to_thread(act)
    await visitors.until_answered(200)
    visitors.ending = True
    await asyncio.wait_for(coming, 60)


def assert_each_once(
    visitors: Visitors, kills: int, table: type[Visit | Landing] = Visit
) -> int:
    """Every visitor who was answered is stored, nobody twice. Returns the surplus:
    those whose visit was written but who never got the answer."""
    salts = [bytes(salt.secret) for salt in Salt.objects.all()]
    whose = {
        int.from_bytes(
            bytes.fromhex(visitor(salt, HOST, agent(n))), "big", signed=True
        ): n
        for n in range(visitors.sent)
        for salt in salts
    }
    stored = Counter(
        whose[number] for number in table.objects.values_list("visitor", flat=True)
    )
    lost = set(visitors.answered) - set(stored)
    assert not lost, f"{len(lost)} of {len(visitors.answered)} clicks were lost"
    assert set(stored.values()) == {1}
    surplus = len(stored) - len(visitors.answered)
    assert 0 <= surplus <= visitors.connections * (kills + 1)
    return surplus


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]
