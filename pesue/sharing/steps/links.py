"""What the worker does with clicks: stores them, lets them age, destroys salts.

A batch of lines, its tallies and how far the segment was read are one transaction:
whatever is killed when, each line is stored exactly once.
"""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from pesue.sharing.actions.landings import all_stored, land
from pesue.sharing.actions.visits import first_kept_day, store
from pesue.sharing.clicks import segments
from pesue.sharing.clicks.segments import Batch, Segment
from pesue.sharing.clicks.visitors import day_of
from pesue.sharing.models import Landing
from pesue.sharing.models.links import ClickSegment, Salt, Visit

TURN = 5.0  # seconds after which the worker's other steps have their turn
TRIES = 3  # of a batch that another host's came between
AT_ONCE = 5000  # visits deleted in one transaction
SALT_STAYS = timedelta(hours=1)  # after its day, for the last clicks under way
UNREADY_STAYS = 3600.0  # seconds


def ingest(now: datetime) -> int:
    """Store what the click log holds; returns how many lines were taken.

    One process per folder does it, the others return 0 at once.
    """
    taken, until = 0, time.monotonic() + TURN
    with segments.alone(settings.CLICK_LOG) as mine:
        if not mine:
            return 0
        names = segments.names(settings.CLICK_LOG)
        known = {row.name: row for row in ClickSegment.objects.filter(name__in=names)}
        for name in names:
            row = known.get(name) or ClickSegment(name=name)
            with segments.opened(settings.CLICK_LOG / name) as segment:
                taken += _drain(segment, row, now, until)
                if segment.is_read(row.offset):
                    segment.remove()
        _clear(settings.CLICK_LOG)
        if time.monotonic() < until:  # every line that was there has been taken
            all_stored(now)
    return taken


def forget_visits(now: datetime) -> int:
    """Delete single visits past their time; their tallies stay. Returns how many."""
    until, gone = time.monotonic() + TURN, 0
    tables: list[type[Visit | Landing]] = [Visit, Landing]
    for rows in (table._default_manager for table in tables):
        old = rows.filter(day__lt=first_kept_day(now)).order_by("day", "pk")
        while time.monotonic() < until:
            some = list(old.values_list("pk", flat=True)[:AT_ONCE])
            if not some:
                break
            gone += rows.filter(pk__in=some).delete()[0]
    ClickSegment.objects.filter(read_at__lt=now - settings.KEEP_VISITS).delete()
    return gone


def destroy_salts(now: datetime) -> int:
    """Destroy the salts of days that are over. Returns how many.

    Also from the database's files, where deleted rows may else be read for a while.
    """
    today = day_of(now - SALT_STAYS, ZoneInfo(settings.TIME_ZONE))
    old = Salt.objects.filter(day__lt=today)
    if not old.exists():
        return 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    gone = old.delete()[0]
    if not connection.in_atomic_block:
        _scrub()
    return gone


def _drain(segment: Segment, row: ClickSegment, now: datetime, until: float) -> int:
    """Store the segment's batches; moves `row` on, in memory as in the database."""
    taken = 0
    while time.monotonic() < until:
        batch = segment.batch(row.offset)
        if batch is None:
            break
        for left in reversed(range(TRIES)):
            try:
                _take(batch, row, now)
                break
            except (IntegrityError, OperationalError):
                # Another host stored the same visitor's first, or a link was erased.
                if not left:
                    raise
        row.offset = batch.ends
        taken += len(batch.clicks) + len(batch.landings)
    return taken


def _take(batch: Batch, row: ClickSegment, now: datetime) -> None:
    """One batch, its tallies and its end: all or nothing.

    The row is moved on only from where we believe it stands, so that even two who
    read one segment, against the lock, would not store a line twice.
    """
    with transaction.atomic():
        ClickSegment.objects.get_or_create(name=row.name, defaults={"read_at": now})
        stored = store(batch.clicks, now=now) + land(batch.landings)
        moved = ClickSegment.objects.filter(name=row.name, offset=row.offset).update(
            offset=batch.ends,
            bad=F("bad") + batch.bad,
            lost=F("lost") + len(batch.clicks) + len(batch.landings) - stored,
            read_at=now,
        )
        if not moved:
            raise OperationalError(f"{row.name} is being read elsewhere, too")


def _clear(folder: Path) -> None:
    """Take away segments whose writer was killed before they had a name."""
    for path in folder.glob("clk-*.new"):
        if time.time() - path.stat().st_mtime > UNREADY_STAYS:
            path.unlink(missing_ok=True)


def _scrub() -> None:
    """Have the database write over what was deleted, as far as it can be asked to."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Readers under way keep the old log; then the next day's turn does it.
            cursor.execute("PRAGMA busy_timeout")
            usual = cursor.fetchone()[0]
            cursor.execute("PRAGMA busy_timeout = 1000")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
        else:
            cursor.execute(f"VACUUM FULL {Salt._meta.db_table}")
