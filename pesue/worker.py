"""The whole platform's unattended work, in the order the river flows."""

import logging
import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import Error, connection

from pesue.content import steps as content
from pesue.doors.steps import (
    deliver,
    forget_followers,
    keep_actors,
    release_deliveries,
    tell_followers,
)
from pesue.encouragement.steps import (
    close_budgets,
    close_claims,
    count_goals,
    count_leagues,
    count_players,
    count_votes,
    earn,
    forget_awards,
    forget_letters,
    judge_motives,
    make_cards,
    move_awards,
    note_met,
    open_votes,
    pay_out,
    release_motives,
    take_back,
    tell_awards,
    tell_impact,
    thank_for_goals,
    write_of_steps,
)
from pesue.example.steps import (
    count_followed,
    doubt_inside,
    end_assistants,
    end_pairs,
    end_takeovers,
    forget_handovers,
    write_to_leaders,
)
from pesue.foundation.models import Run, Step, name_of
from pesue.guidance.steps import asks, wordings
from pesue.measurement.steps import (
    count,
    forget_outside,
    keep_paths,
    read_trials,
    write_letters,
)
from pesue.pages.steps import offer_steps, tell_quiet
from pesue.people import steps as people
from pesue.privacy.steps import expire
from pesue.reach import steps as reach
from pesue.sharing.steps import delays, likeness, links, publish, said, telling
from pesue.surveys import steps as surveys
from pesue.trials import steps as trials

log = logging.getLogger(__name__)

STEPS: list[Step] = [
    people.work_imports,
    people.forget_imports,
    people.forget_ways_in,
    reach.mail_invitations,
    reach.tell_former_addresses,
    reach.release_stuck,
    reach.send_mail,
    reach.forget,
    surveys.make_keys,
    surveys.count,
    surveys.mail_experts,
    surveys.close_panels,
    surveys.forget_experts,
    trials.end_trials,
    trials.take_in_late,
    trials.forget,
    wordings.word,
    asks.forget_asks,
    content.release_stuck,
    content.poll_sources,
    content.read_pages,
    content.expire_items,
    content.check_videos,
    publish.release_stuck,
    publish.renew_tokens,
    delays.release_delayed,
    publish.send_due,
    publish.settle_unknown,
    telling.tell_needed,
    links.ingest,
    links.destroy_salts,
    links.forget_visits,
    likeness.forget_likeness,
    said.forget_said,
    tell_impact,
    note_met,
    earn,
    take_back,
    close_budgets,
    close_claims,
    pay_out,
    count_followed,
    end_pairs,
    end_assistants,
    doubt_inside,
    forget_handovers,
    write_to_leaders,
    end_takeovers,
    release_motives,
    judge_motives,
    make_cards,
    forget_letters,
    count_goals,
    thank_for_goals,
    count_leagues,
    count_players,
    open_votes,
    count_votes,
    move_awards,
    tell_awards,
    forget_awards,
    tell_quiet,
    offer_steps,
    write_of_steps,
    count,
    read_trials,
    keep_paths,
    write_letters,
    forget_outside,
    expire,
    keep_actors,
    tell_followers,
    release_deliveries,
    deliver,
    forget_followers,
]

SELDOM: frozenset[Step] = frozenset(
    {
        people.forget_imports,
        people.forget_ways_in,
        reach.forget,
        surveys.forget_experts,
        trials.take_in_late,
        trials.forget,
        asks.forget_asks,
        links.destroy_salts,
        links.forget_visits,
        likeness.forget_likeness,
        said.forget_said,
        count_followed,
        forget_handovers,
        release_motives,
        judge_motives,
        make_cards,
        forget_letters,
        forget_awards,
        keep_paths,
        write_letters,
        forget_outside,
        expire,
        keep_actors,
        tell_followers,
        forget_followers,
    }
)
"""Steps that nobody waits for: they tidy up, or look at whole months."""

PAUSE = 1.0  # seconds between two runs of a step
LONGEST_PAUSE = 60.0  # while it fails, the database does not answer, or it is SELDOM
AT_ONCE = 6  # steps: a slow network holds up no other step
LOOK = 0.2  # seconds
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
        note(name, failed_at=now, error=told_of(error))
        return None
    lately = Run.objects.filter(
        step=name, failed_at=None, finished_at__gt=now - QUIET, finished_at__lte=now
    )
    if rows or not lately.exists():
        note(name, finished_at=now, rows=rows, failed_at=None, error="")
    return rows


def told_of(error: Exception) -> str:
    """What the notes say of an error: its type and words, the words not of a database.

    A database names the values it stumbled over, addresses too; the log has them.
    """
    kind = type(error).__name__
    return kind if isinstance(error, Error) else f"{kind}: {error}"[:500]


def note(name: str, **fields: object) -> None:
    Run.objects.update_or_create(step=name, defaults=fields)


@dataclass
class Lane:
    """One step, again and again: after a pause, or after a longer one if it failed."""

    step: Step
    falls: int = 0  # in a row
    next_at: float = 0.0  # monotonic seconds
    under_way: "Future[int | None] | None" = None

    def look(self, pool: ThreadPoolExecutor) -> None:
        now = time.monotonic()
        if self.under_way is not None:
            if not self.under_way.done():
                return
            error = self.under_way.exception()
            if error is not None:  # not even the failure could be noted
                log.error("%s: %s", name_of(self.step), error)
            well = error is None and self.under_way.result() is not None
            self.falls = 0 if well else self.falls + 1
            pause = LONGEST_PAUSE if self.step in SELDOM else PAUSE
            self.next_at = now + min(LONGEST_PAUSE, pause * 2**self.falls)
            self.under_way = None
        if now >= self.next_at:
            self.under_way = pool.submit(self.once)

    def once(self) -> int | None:
        rows = None
        try:
            rows = run(self.step, datetime.now(UTC))
        finally:
            # A new connection to SQLite reads the whole schema, which takes longer than
            # most steps that find nothing: while all goes well, it is kept.
            if rows is None or connection.vendor != "sqlite":
                connection.close()
        return rows


def work() -> None:
    """Every step, several at once, each again and again.

    On SIGTERM or SIGINT the steps under way are finished, and no new one begun. Says
    so once it listens to them.
    """
    ending = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ending.set())
    print("The worker is at work.", flush=True)
    lanes = [Lane(step) for step in STEPS]
    with ThreadPoolExecutor(AT_ONCE, "lane") as pool:
        while not ending.is_set():
            for lane in lanes:
                lane.look(pool)
            ending.wait(LOOK)
        pool.shutdown(cancel_futures=True)
