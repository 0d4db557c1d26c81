"""Where a benchmark's rows lie: DATABASE_URL's PostgreSQL, else a passing SQLite."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

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
