"""The supervisor, with real processes that are really killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

# A part that has a child of its own, as a web server has; both write down their ids.
PART = """
import os, subprocess, sys, time
from pathlib import Path
home = Path(sys.argv[1])
child = subprocess.Popen([sys.executable, "-c", CHILD])
(home / "pids").open("a").write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""
CHILD = """
import os, time
from pesue.foundation.parent_death import die_with_server
die_with_server()
time.sleep(600)
"""
WHOLE = """
import sys
from pesue.supervisor import Part, Supervisor
parts = [Part("one", sys.argv[1:]), Part("falls", [sys.executable, "-c", "1/0"])]
Supervisor(parts).run(lambda: True, "ready")
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not so within {seconds} s"
        time.sleep(0.05)


class Running:
    def __init__(self, home: Path) -> None:
        self.home = home
        part = f"CHILD = {CHILD!r}\n{PART}"
        command = [sys.executable, "-c", WHOLE, sys.executable, "-c", part, str(home)]
        self.said = home / "said"
        with self.said.open("w") as out:
            self.process = subprocess.Popen(command, stderr=out)

    def pairs(self) -> list[list[int]]:
        """[[part, its child], ...], the newest last."""
        path = self.home / "pids"
        lines = path.read_text().splitlines() if path.exists() else []
        return [[int(word) for word in line.split()] for line in lines]

    def everyone(self) -> list[int]:
        return [pid for pair in self.pairs() for pid in pair]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    whole = Running(tmp_path)
    until(lambda: len(whole.pairs()) == 1)
    yield whole
    for pid in [whole.process.pid, *whole.everyone()]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    whole.process.wait(5)


def test_a_killed_part_comes_back_and_leaves_no_child(running: Running) -> None:
    for n in range(1, 4):
        part, child = running.pairs()[-1]
        os.kill(part, signal.SIGKILL)
        until(lambda n=n: len(running.pairs()) == n + 1)  # type: ignore[misc]
        until(lambda child=child: not alive(child))  # type: ignore[misc]
    assert all(alive(pid) for pid in running.pairs()[-1])
    assert running.process.poll() is None


def test_a_killed_supervisor_leaves_nothing(running: Running) -> None:
    running.process.kill()
    running.process.wait(5)
    until(lambda: not any(alive(pid) for pid in running.everyone()))


def test_asked_to_end_it_ends_all(running: Running) -> None:
    running.process.terminate()
    assert running.process.wait(15) == 0
    assert not any(alive(pid) for pid in running.everyone())


def test_a_part_that_keeps_falling_is_tried_less_and_less(running: Running) -> None:
    until(lambda: "again in 0.8 s" in running.said.read_text())
    waits = [
        float(line.split("again in ")[1].split()[0])
        for line in running.said.read_text().splitlines()
        if line.startswith("pesue: falls ended (1)")
    ]
    assert waits[:4] == [0.1, 0.2, 0.4, 0.8]
