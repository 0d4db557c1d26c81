"""The worker's own promises: a failing step is noted and holds up no other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import Error, IntegrityError, InterfaceError

from pesue import worker
from pesue.foundation.models import Run
from tests.make import NOON


def counting(now: datetime) -> int:
    return 3


def nothing(now: datetime) -> int:
    return 0


def failing(now: datetime) -> int:
    raise ValueError("the feed is on fire")


@pytest.mark.django_db
def test_a_failing_step_is_noted_and_holds_up_no_other() -> None:
    assert worker.turn(NOON, [failing, counting]) == {f"{__name__}.counting": 3}
    fallen = Run.objects.get(step=f"{__name__}.failing")
    assert (fallen.failed_at, fallen.finished_at) == (NOON, None)
    assert fallen.error == "ValueError: the feed is on fire"
    assert Run.last_finished(counting, now=NOON) == NOON
    assert Run.last_finished(failing, now=NOON) is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [IntegrityError, InterfaceError])
def test_the_notes_keep_no_value_that_a_database_named(kind: type[Error]) -> None:
    def stumbling(now: datetime) -> int:
        raise kind("Key (email)=(ana@example.org) already exists.")

    worker.turn(NOON, [stumbling])
    assert Run.objects.get().error == kind.__name__


@pytest.mark.django_db
def test_a_failed_run_leaves_the_last_finished_as_it_was() -> None:
    outcome: Callable[[datetime], int] = counting

    def step(now: datetime) -> int:
        return outcome(now)

    later = NOON + timedelta(hours=1)
    worker.turn(NOON, [step])
    outcome = failing
    worker.turn(later, [step])
    assert Run.last_finished(step, now=later) == NOON
    outcome = nothing
    worker.turn(later, [step])
    assert Run.objects.get().failed_at is None


@pytest.mark.django_db
def test_a_clock_set_back_skips_nothing() -> None:
    worker.turn(NOON + timedelta(days=400), [counting])
    assert Run.last_finished(counting, now=NOON) == NOON


@pytest.mark.django_db
def test_idle_runs_are_noted_now_and_then() -> None:
    for seconds in range(8):
        worker.turn(NOON + timedelta(seconds=seconds), [nothing])
    assert Run.last_finished(nothing, now=NOON + timedelta(days=1)) == (
        NOON + timedelta(seconds=5)
    )


def test_what_nobody_waits_for_runs_once_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began: list[tuple[object, float]] = []
    clock = 0.0

    def notes(step: object, _now: datetime) -> int:
        began.append((step, clock))
        return 0

    monkeypatch.setattr(worker, "run", notes)
    monkeypatch.setattr(worker.time, "monotonic", lambda: clock)
    lanes = [worker.Lane(worker.expire), worker.Lane(nothing)]
    with ThreadPoolExecutor(1) as pool:
        for clock in range(70):  # noqa: B007
            for lane in lanes:
                lane.look(pool)
                if lane.under_way is not None:
                    lane.under_way.result(5)
    seldom = [at for step, at in began if step is worker.expire]
    assert seldom == [0, 61]
    assert len(began) - len(seldom) == 35
    assert set(worker.STEPS) >= worker.SELDOM


def test_a_step_that_fails_waits_longer_and_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began: list[float] = []
    clock = 0.0

    def fails(_step: object, _now: datetime) -> None:
        began.append(clock)

    monkeypatch.setattr(worker, "run", fails)
    monkeypatch.setattr(worker.time, "monotonic", lambda: clock)
    lane = worker.Lane(failing)
    with ThreadPoolExecutor(1) as pool:
        for clock in range(40):  # noqa: B007
            lane.look(pool)
            if lane.under_way is not None:
                lane.under_way.result(5)
    assert began == [0, 3, 8, 17, 34]
