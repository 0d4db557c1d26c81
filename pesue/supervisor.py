"""Starts the parts of Pesue - pages, links, worker - and keeps them running.

Each part is a process in a session of its own. One that ends, however it ends, is
started again; when this process ends, however it ends, so do they. Imports nothing
of Django, so that the process that must not fall is small.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from pesue.foundation.parent_death import SUPERVISED, die_with_parent

GRACE = 20.0  # seconds that a part may take to end when asked to
LONGEST_WAIT = 30.0  # seconds between two tries of a part that keeps falling
STEADY = 10.0  # seconds after which a part counts as running well
LINKS = "pesue.sharing.clicks.server:app"
LOOK = 0.1  # seconds between two looks at the parts


def web_command(host: str, port: int, processes: int, threads: int) -> list[str]:
    """The pages. Memory that a library leaks is given back by a daily new process."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", str(processes)),
        *("--blocking-threads", str(threads), "--workers-lifetime", "86400"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "--no-ws", "pesue.wsgi:application"),
    ]


def links_command(host: str, port: int, processes: int) -> list[str]:
    """The short links: one loop a process, which writes each click to a log."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "rsgi"),
        *("--host", host, "--port", str(port), "--workers", str(processes)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "--no-ws", LINKS),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "pesue.cli", "worker"]


def port_is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


@dataclass
class Part:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0  # monotonic seconds
    falls: int = 0  # in a row
    next_try: float = 0.0

    def start(self, now: float) -> None:
        supervisor = os.getpid()

        def before_exec() -> None:
            # TERM, not KILL: a web server then ends the processes it has started.
            die_with_parent(supervisor, signal.SIGTERM)

        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=before_exec,
            env={**os.environ, SUPERVISED: "yes"},
        )
        self.began = now

    def look(self, now: float) -> None:
        """Start it if it is down and its time has come; note it if it fell."""
        if self.process is None:
            if now >= self.next_try:
                self.start(now)
            return
        if self.process.poll() is None:
            return
        self.kill()  # what it had started and left behind
        self.falls = 1 if now - self.began > STEADY else self.falls + 1
        wait = min(LONGEST_WAIT, 0.1 * 2 ** (self.falls - 1))
        say(f"{self.name} ended ({self.process.returncode}); again in {wait:g} s")
        self.process, self.next_try = None, now + wait

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End the whole session of the part, children included."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@dataclass
class Supervisor:
    parts: list[Part]
    clock: Callable[[], float] = time.monotonic
    ending: bool = field(default=False, init=False)

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ending = True

    def run(self, ready: Callable[[], bool], said: str) -> None:
        """Until SIGTERM, SIGINT or SIGHUP; says `said` once when `ready()`."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self.end)
        told = False
        while not self.ending:
            for part in self.parts:
                part.look(self.clock())
            if not told and ready():
                told = True
                say(said)
            time.sleep(LOOK)
        self.stop()

    def stop(self) -> None:
        """Ask all parts to end; after the grace, end what is left of them."""
        for part in self.parts:
            part.ask_to_end()
        deadline = self.clock() + GRACE
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.0, deadline - self.clock()))
            except subprocess.TimeoutExpired:
                say(f"{part.name} did not end in {GRACE:g} s and was ended")
            part.kill()
            part.process.wait()


def say(text: str) -> None:
    print(f"pesue: {text}", file=sys.stderr, flush=True)


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=0.2).close()
    except OSError:
        return False
    return True
