"""A real Pesue: `pesue run` on free ports, with a data folder of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import httpx

ROOT = Path(__file__).parents[2]


def free_ports() -> int:
    """A port that is free, and so is the next one."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


class LivePesue:
    """Started by `with`; `environment` adds to or changes its settings."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.data = home / "data"
        self.port = free_ports()
        self.url = f"http://localhost:{self.port}"
        self.links = f"http://localhost:{self.port + 1}"
        self.log = home / "log"
        outside = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PESUE_", "DATABASE_URL"))
        }
        self.environment = {
            **outside,
            "DJANGO_SETTINGS_MODULE": "pesue.settings",
            "PESUE_DATA": str(self.data),
            "PESUE_PORT": str(self.port),
            "PESUE_ADDRESS": self.url,
            "PESUE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8,::1/128",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *, seconds: float = 180) -> None:
        """Until it says that it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pesue.cli", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        end = monotonic() + seconds
        while not self._is_ready():
            ended = self.process.poll() is not None
            if ended or monotonic() > end:
                self.stop()
                raise AssertionError(f"Pesue did not start:\n{self.log.read_text()}")
            sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def parts(self) -> dict[str, int]:
        """The process of each part under the supervisor, by a word of its command."""
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = {}
        for pid in path.read_text().split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_text()
            except OSError:
                continue
            for name in ("wsgi", "rsgi", "worker"):
                if f"\0{name}\0" in command:
                    found[name] = int(pid)
        return found

    def command(self, *words: str, fails: bool = False) -> str:
        """What `pesue WORDS` prints; with `fails`, it must refuse."""
        done = subprocess.run(
            [sys.executable, "-m", "pesue.cli", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            text=True,
        )
        assert bool(done.returncode) == fails, done.stdout
        return done.stdout

    def python(self, code: str) -> str:
        """What `code` prints, run with Django loaded beside the live one."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            timeout=300,
            text=True,
            check=True,
        )
        return done.stdout
