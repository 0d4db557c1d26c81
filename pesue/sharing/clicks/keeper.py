"""Keeps a door up to date: the one thread of it that speaks with the database."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from pesue.sharing.actions.links import salt_of
from pesue.sharing.clicks.door import MOST_WAYS, Door, Way
from pesue.sharing.clicks.log import ClickLog
from pesue.sharing.clicks.visitors import Salts
from pesue.sharing.queries import links as queries

EVERY = 1.0  # seconds between two looks for changed links
MARGIN = timedelta(minutes=1)  # longer than any transaction that makes a link
ANEW = 3600.0  # seconds after which all links are read again, and erased ones go
TROUBLED = 30.0  # seconds without the database after which we say so

log = logging.getLogger(__name__)


def now_utc() -> datetime:
    return datetime.now(UTC)


class Keeper:
    """A door and the thread that keeps it. `close` ends both."""

    def __init__(
        self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Opens the log, reads all links and the day's salt; raises if it cannot."""
        zone = ZoneInfo(settings.TIME_ZONE)
        self._clock = clock
        self._seen = self._loaded = clock()
        self._reached = time.monotonic()
        self.door = Door(
            ClickLog(settings.CLICK_LOG),
            Salts(salt_of, zone),
            _find,
        )
        with own_connection():
            self._load()
            self.door.salts.prepare(clock())
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="links", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Take in the links changed since the last look, and the salts needed."""
        now = self._clock()
        if now - self._loaded > timedelta(seconds=ANEW):
            self._load()
        for slug, way in queries.ways_changed_since(self._seen - MARGIN):
            self.door.learn(slug, way)
        self._seen = now
        self.door.salts.prepare(now)
        self._reached = time.monotonic()

    def health(self) -> dict[str, int | bool]:
        """How this process fares. `well` is false when clicks are not written or
        the links have not been read for TROUBLED seconds."""
        away = time.monotonic() - self._reached
        return {
            "well": not self.door.log.failing and away < TROUBLED,
            "links": len(self.door.ways),
            "clicks_not_written": self.door.log.failed,
            "seconds_without_database": int(away),
        }

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self.door.log.close()

    def _load(self) -> None:
        """Read all links anew; the dict is put in place at once."""
        now = self._clock()
        self.door.ways = dict(queries.newest_ways(MOST_WAYS))
        self._seen = self._loaded = now

    def _keep(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                with own_connection():
                    self.look()
            except Exception:
                log.warning("The links could not be read again", exc_info=True)


def _find(slug: str) -> Way | None:
    with own_connection():
        return queries.way(slug)


@contextmanager
def own_connection() -> Iterator[None]:
    """Django gives each thread a connection and, outside a request, leaves it open."""
    try:
        yield
    finally:
        close_old_connections()
