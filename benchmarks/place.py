"""Where a benchmark's rows lie: DATABASE_URL's PostgreSQL, else a passing SQLite."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


@contextmanager
def an_empty_place() -> Iterator[None]:
    """Django on an empty, migrated database. The PostgreSQL must be empty already."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PESUE_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield


def processor() -> float:
    """Seconds of processor time used by us and, if it is on this machine, PostgreSQL.

    Other work on the machine makes a clock run on, and this hardly.
    """
    from django.db import connection

    used = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            server = _parent(cursor.fetchone()[0])
        for stat in Path("/proc").glob("[0-9]*/stat"):
            used += _of_server(stat, server)
    return used


def _stat(path: Path) -> list[str]:
    """The fields after the name, which may hold anything: state, parent, ..."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile, or is on another machine
        return []


def _parent(pid: int) -> int:
    found = _stat(Path(f"/proc/{pid}/stat"))
    return int(found[1]) if found else 0


def _of_server(path: Path, server: int) -> float:
    """What the server or a process of it used; of the server with those that ended."""
    found = _stat(path)
    if not found or server not in (int(path.parent.name), int(found[1])):
        return 0.0
    ended = int(path.parent.name) == server
    ticks = sum(map(int, found[11 : 15 if ended else 13]))
    return ticks / os.sysconf("SC_CLK_TCK")
