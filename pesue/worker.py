"""The whole platform's unattended work, in the order the river flows."""

import logging
import signal
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import DatabaseError, close_old_connections

from pesue.content import steps as content
from pesue.encouragement.steps import tell_impact
from pesue.foundation.models import Run, Step, name_of
from pesue.sharing.steps import publish

log = logging.getLogger(__name__)

STEPS: list[Step] = [
    content.release_stuck,
    content.poll_sources,
    content.read_pages,
    content.expire_items,
    publish.release_stuck,
    publish.renew_tokens,
    publish.send_due,
    publish.settle_unknown,
    tell_impact,
]

PAUSE = 1.0  # seconds between two turns
LONGEST_PAUSE = 60.0  # while the database does not answer


def turn(now: datetime, steps: Sequence[Step] | None = None) -> dict[str, int]:
    """Run every step once; say how many rows each one looked at.

    A step that fails is noted and holds up no other. Raises DatabaseError when not
    even that can be noted.
    """
    looked = {}
    for step in STEPS if steps is None else steps:
        name = name_of(step)
        try:
            looked[name] = step(now)
        except Exception as error:
            log.exception("%s failed", name)
            note = {"failed_at": now, "error": f"{type(error).__name__}: {error}"[:500]}
        else:
            rows = looked[name]
            note = {"finished_at": now, "rows": rows, "failed_at": None, "error": ""}
        Run.objects.update_or_create(step=name, defaults=note)
    return looked


def work(*, once: bool = False) -> None:
    """Turn after turn, until SIGTERM or SIGINT: the turn under way is finished."""
    ending = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ending.set())
    pause = PAUSE
    while not ending.is_set():
        close_old_connections()
        try:
            turn(datetime.now(UTC))
            pause = PAUSE
        except DatabaseError:
            pause = min(LONGEST_PAUSE, 2 * pause)
            log.exception("the database does not answer; again in %g s", pause)
        if once:
            return
        ending.wait(pause)
