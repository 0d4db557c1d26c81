"""The whole, running: it starts, survives kills, and says how it is."""

import os
import signal
import time
from collections.abc import Callable

import httpx
import pytest

from tests.peers.live import LivePesue


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not so within {seconds} s"
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def test_it_says_that_it_is_well(live_pesue: LivePesue) -> None:
    assert httpx.get(f"{live_pesue.url}/health/live").json() == {"live": True}
    ready = httpx.get(f"{live_pesue.url}/health/ready").json()
    assert ready == {"ready": True, "database": "answers"}
    assert answers(f"{live_pesue.links}/health")

    def told() -> str:
        return live_pesue.command("doctor")

    until(lambda: "ok      worker: seen" in told())
    assert "BAD" not in told()


@pytest.mark.parametrize("name", ["wsgi", "rsgi", "worker"])
def test_a_killed_part_comes_back(live_pesue: LivePesue, name: str) -> None:
    until(lambda: len(live_pesue.parts()) == 3)
    killed = live_pesue.parts()[name]
    os.kill(killed, signal.SIGKILL)
    until(lambda: live_pesue.parts().get(name, killed) != killed)
    until(lambda: answers(f"{live_pesue.url}/health/ready"))
    until(lambda: answers(f"{live_pesue.links}/health"))


def test_a_killed_whole_leaves_nothing_and_starts_again(
    live_pesue: LivePesue,
) -> None:
    process = live_pesue.process
    assert process is not None
    process.kill()
    process.wait()
    until(lambda: not answers(f"{live_pesue.url}/health/live"))
    until(lambda: not answers(f"{live_pesue.links}/health"))
    live_pesue.start()
    assert answers(f"{live_pesue.url}/health/ready")


def test_a_second_one_on_the_same_port_is_refused(live_pesue: LivePesue) -> None:
    told = live_pesue.command("run", fails=True)
    assert f"Port {live_pesue.port} is in use" in told
