"""The whole platform's unattended work, in the order the river flows."""

import logging
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import connection

from pesue.content import steps as content
from pesue.encouragement.steps import tell_impact
from pesue.foundation.models import Run, Step, name_of
from pesue.measurement.steps import count
from pesue.sharing.steps import links, publish

log = logging.getLogger(__name__)

STEPS: list[Step] = [
    content.release_stuck,
    content.poll_sources,
    content.read_pages,
    content.expire_items,
    content.check_videos,
    publish.release_stuck,
    publish.renew_tokens,
    publish.send_due,
    publish.settle_unknown,
    links.ingest,
    links.destroy_salts,
    links.forget_visits,
    tell_impact,
    count,
]

PAUSE = 1.0  # seconds between two turns
LONGEST_PAUSE = 60.0  # while the database does not answer
LANES = 6  # steps at once: a slow network holds up no other step
QUIET = timedelta(seconds=5)  # runs that found nothing are noted this often


def turn(now: datetime, steps: Sequence[Step] | None = None) -> dict[str, int]:
    """Run every step once; say how many rows each one looked at.

    A step that fails is noted and holds up no other. Raises DatabaseError when not
    even that can be noted.
    """
    chosen = STEPS if steps is None else steps
    looked = {name_of(step): run(step, now) for step in chosen}
    return {name: rows for name, rows in looked.items() if rows is not None}


def run(step: Step, now: datetime) -> int | None:
    """Run one step and note how it went; None if it failed."""
    name = name_of(step)
    try:
        rows = step(now)
    except Exception as error:
        log.exception("%s failed", name)
        told = f"{type(error).__name__}: {error}"[:500]
        note(name, failed_at=now, error=told)
        return None
    lately = Run.objects.filter(
        step=name, failed_at=None, finished_at__gt=now - QUIET, finished_at__lte=now
    )
    if rows or not lately.exists():
        note(name, finished_at=now, rows=rows, failed_at=None, error="")
    return rows


def note(name: str, **fields: object) -> None:
    Run.objects.update_or_create(step=name, defaults=fields)


def work() -> None:
    """Step after step, several at once, each again and again.

    On SIGTERM or SIGINT the steps under way are finished, and no new one begun.
    """
    ending = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ending.set())
    pause = PAUSE
    under_way: dict[Step, Future[None]] = {}
    with ThreadPoolExecutor(LANES, "lane") as lanes:
        while not ending.is_set():
            ended = {s: r for s, r in under_way.items() if r.done()}
            if errors := [e for r in ended.values() if (e := r.exception())]:
                pause = min(LONGEST_PAUSE, 2 * pause)
                log.error("again in %g s: %s", pause, errors[0])
            else:
                pause = PAUSE
            for step in STEPS:
                if step in ended or step not in under_way:
                    under_way[step] = lanes.submit(in_lane, step)
            ending.wait(pause)
        lanes.shutdown(cancel_futures=True)


def in_lane(step: Step) -> None:
    """Raises DatabaseError when it cannot even be noted how the step went."""
    try:
        run(step, datetime.now(UTC))
    finally:
        connection.close()
