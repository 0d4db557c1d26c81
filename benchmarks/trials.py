"""Reading a trial of a large organisation, part by part, beside its arithmetic alone.

    python -m benchmarks.trials            100,000 members, 1 million posts
    python -m benchmarks.trials --small    a tenth of that

With DATABASE_URL set, on that PostgreSQL (an empty database), else on SQLite in a
temporary folder. Each post stands for ten visits, which no trial of people reads.
"""

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.place import an_empty_place, processor

DAY = timedelta(days=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    size = 10 if parser.parse_args().small else 1
    with an_empty_place():
        from benchmarks import large

        began = time.monotonic()
        large.fill(100_000 // size, 1_000_000 // size, 5_000 // size)
        print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
        measure()


def measure() -> None:
    from django.db import connection

    print(f"| {connection.vendor} | read, s | processor, s | arithmetic alone, s |")
    print("|---|---:|---:|---:|")
    for name, make in TRIALS.items():
        trial = make()
        times = sorted(read_once(trial) for _ in range(3))
        took, used = times[1]
        print(f"| {name} | {took:.2f} | {used:.2f} | {alone(trial):.2f} |", flush=True)


def read_once(trial: Any) -> tuple[float, float]:
    """Seconds by the clock and of processor time to read it from the rows."""
    from benchmarks import large
    from pesue.measurement.queries import readings

    used, began = processor(), time.perf_counter()
    readings.fresh(trial, until=(large.NOW - DAY).date())
    return time.perf_counter() - began, processor() - used


def alone(trial: Any) -> float:
    """Seconds of processor time that the arithmetic takes, on the numbers once read."""
    from benchmarks import large
    from pesue.measurement.queries import readings, trials
    from pesue.measurement.reading import read, waves

    until = (large.NOW - DAY).date()
    compared = readings.fresh(trial, until=until)[1]
    if trial.kind == "rollout":
        before = trials.rows(trial, until=until)[1]
        return seconds(lambda: waves.read(compared, before=before, over=True))
    plan = trials.plan_of(trial)
    return seconds(lambda: read(compared, plan, over=True))


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def begun(**fields: Any) -> Any:
    """A trial of the last six weeks, over since yesterday."""
    from benchmarks import large
    from pesue.trials import actions
    from pesue.trials.models import Trial

    start = large.NOW - 42 * DAY
    design = actions.Design(
        name="Large",
        question="Does it help?",
        begins=start.date(),
        ends=(large.NOW - DAY).date(),
        outcome="shares.people",
        **fields,
    )
    trial = actions.propose(design, by=None, now=start)
    actions.start(trial, now=start)
    Trial.objects.filter(pk=trial.pk).update(
        state="ended", state_since=large.NOW, over_at=large.NOW
    )
    trial.refresh_from_db()
    return trial


def arms(unit: str) -> Any:
    from pesue.trials.actions import ArmDesign

    words = {"subject": dict.fromkeys(("fi", "sv", "en"), "{people}")}
    return begun(
        lever="mail.impact",
        kind="arms",
        unit=unit,
        arms=(
            ArmDesign("now", "Now", is_control=True),
            ArmDesign("new", "New", payload=words),
        ),
    )


def rollout() -> Any:
    return begun(lever="today.lesson", kind="rollout", unit="team", days=7)


TRIALS: dict[str, Callable[[], Any]] = {
    "arms, drawn by team": lambda: arms("team"),
    "arms, drawn by member": lambda: arms("member"),
    "roll-out to teams": rollout,
}

if __name__ == "__main__":
    main()
