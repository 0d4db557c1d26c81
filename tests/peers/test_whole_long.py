"""A campaign of kills against the whole: it always comes back, and alone."""

import os
import signal
from pathlib import Path
from random import Random

import pytest

from tests.peers.live import LivePesue
from tests.peers.test_whole import answers, until

ROUNDS = 20


def children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


def everyone(pid: int) -> list[int]:
    """The process and all below it."""
    return [pid, *(one for child in children(pid) for one in everyone(child))]


@pytest.mark.long
def test_kills_at_random_leave_one_of_each(live_pesue: LivePesue) -> None:
    chance = Random(2)
    assert live_pesue.process is not None
    whole = live_pesue.process.pid
    killed: set[int] = set()
    for _ in range(ROUNDS):
        until(lambda: len(everyone(whole)) == 6, 120)  # and web's and links' own
        victim = chance.choice(everyone(whole)[1:])
        os.kill(victim, signal.SIGKILL)
        killed.add(victim)
        until(lambda: not killed & set(everyone(whole)), 120)
        until(lambda: answers(f"{live_pesue.url}/health/ready"), 120)
        until(lambda: answers(f"{live_pesue.links}/health"), 120)
    assert live_pesue.process.poll() is None
