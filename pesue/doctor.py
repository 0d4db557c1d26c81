"""What is wrong with this installation, and how to mend it: one line each."""

import shutil
import smtplib
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pesue import environment

Level = Literal["good", "warning", "bad"]
MB = 1 << 20
LATE = timedelta(minutes=5)  # the worker turns every second; a slow turn takes one
SKEW = timedelta(seconds=10)  # between our clock and the database's
BACKLOG = 50 * MB  # of clicks not yet stored: some 700,000


@dataclass(frozen=True)
class Finding:
    level: Level
    about: str
    what: str
    mend: str = ""


Check = Callable[[datetime], Iterator[Finding]]


def examine(now: datetime) -> list[Finding]:
    """Every check's findings. A check that cannot run is a finding, too."""
    try:
        _load()
    except Exception as error:  # a setting that cannot be used, whatever it breaks
        return [Finding("bad", "settings", str(error), "see: pesue settings")]
    found: list[Finding] = []
    for check in CHECKS:
        shut = any(f.about == "database" and f.level == "bad" for f in found)
        if shut and check in READ_ROWS:
            continue
        try:
            found.extend(check(now))
        except Exception as error:
            what = f"cannot be checked: {type(error).__name__}: {error}"
            found.append(Finding("bad", check.__name__, what.splitlines()[0]))
    return found


def show(findings: list[Finding]) -> str:
    mark = {"good": "ok     ", "warning": "WARNING", "bad": "BAD    "}
    return "\n".join(
        f"{mark[f.level]} {f.about}: {f.what}" + (f" - {f.mend}" if f.mend else "")
        for f in findings
    )


def _load() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
    django.setup()


def data_folder(now: datetime) -> Iterator[Finding]:
    from django.conf import settings

    data: Path = settings.DATA
    probe = data / f".probe-{now.timestamp()}"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        what = f"{data} cannot be written: {error.strerror}"
        yield Finding("bad", "data folder", what, "give it to the user of Pesue")
        return
    free = shutil.disk_usage(data).free // MB
    what = f"{data}, {free} MB free"
    if free < 200:
        yield Finding("bad", "data folder", what, "make room, or writing will fail")
    elif free < 2000:
        yield Finding("warning", "data folder", what, "make room soon")
    else:
        yield Finding("good", "data folder", what)


def database(now: datetime) -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    from pesue.health import pending_migrations

    try:
        pending = pending_migrations()
    except DatabaseError as error:
        what = f"{connection.vendor} does not answer: {str(error).splitlines()[0]}"
        yield Finding("bad", "database", what, "check DATABASE_URL and the server")
        return
    if pending:
        what = f"{len(pending)} migrations are not applied"
        yield Finding("bad", "database", what, "run: pesue migrate")
    else:
        yield Finding("good", "database", f"{connection.vendor}, of this version")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0] != "wal":
                mend = "keep the data folder on a local disk"
                yield Finding("bad", "database", "SQLite is not in WAL mode", mend)


def keys(now: datetime) -> Iterator[Finding]:
    """Kept from others' eyes, and able to open what they sealed."""
    from django.conf import settings

    from pesue.foundation.secrets import CannotUnseal
    from pesue.sharing.models.accounts import Account

    for name in ("secret.key", "seal.keys"):
        path = settings.DATA / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            what = f"{path} can be read by others"
            yield Finding("bad", "keys", what, f"run: chmod 600 {path}")
    shut = 0
    for account in Account.objects.exclude(sealed="").order_by("-pk")[:100]:
        try:
            account.opened()
        except CannotUnseal:
            shut += 1
    if shut:
        what = f"{shut} of the newest accounts' tokens cannot be opened"
        mend = "bring back the seal.keys (or PESUE_SEAL_KEYS) they were sealed with"
        yield Finding("bad", "keys", what, mend)
    else:
        yield Finding("good", "keys", "in place")


def address(now: datetime) -> Iterator[Finding]:
    told = environment.address()
    parts = urlsplit(told)
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        mend = "set PESUE_ADDRESS to https://your.host"
        yield Finding("bad", "address", f"{told!r} is not an address", mend)
    elif parts.scheme == "http" and not here:
        mend = "serve https, and set PESUE_ADDRESS to https://..."
        yield Finding("bad", "address", f"{told} is not secure", mend)
    elif here:
        what = f"{told} is seen from this machine only"
        yield Finding("warning", "address", what, "set PESUE_ADDRESS before you invite")
    else:
        yield Finding("good", "address", told)
    if environment.DEBUG.flag() and not here:
        what = "PESUE_DEBUG shows our insides to visitors"
        yield Finding("bad", "address", what, "unset it")


def mail(now: datetime) -> Iterator[Finding]:
    from django.conf import settings
    from django.core.mail import get_connection

    if not environment.SMTP_URL.text():
        what = f"not sent, but kept in {settings.DATA / 'outbox'}"
        yield Finding("warning", "mail", what, "set PESUE_SMTP_URL")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("bad", "mail", f"{server}: {error}", "check PESUE_SMTP_URL")
    else:
        yield Finding("good", "mail", f"{server} answers")


def worker(now: datetime) -> Iterator[Finding]:
    from django.db.models import Max

    from pesue.foundation.models import Run

    seen = Run.objects.aggregate(at=Max("finished_at"))["at"]
    if seen is None or now - seen > LATE:
        when = f"last seen {seen:%Y-%m-%d %H:%M} UTC" if seen else "never seen"
        yield Finding("bad", "worker", when, "start one: pesue run, or pesue worker")
    else:
        yield Finding("good", "worker", f"seen {max(0, (now - seen).seconds)} s ago")
    for run in Run.objects.exclude(failed_at=None).order_by("step"):
        what = f"{run.step} failed at {run.failed_at:%Y-%m-%d %H:%M} UTC: {run.error}"
        yield Finding("bad", "worker", what, "see the worker's log")


def clicks(now: datetime) -> Iterator[Finding]:
    """How much of the click log is not yet in the database."""
    from django.conf import settings

    from pesue.sharing.models.links import ClickSegment

    offsets = dict(ClickSegment.objects.values_list("name", "offset"))
    waiting = sum(
        max(0, path.stat().st_size - offsets.get(path.name, 0))
        for path in Path(settings.CLICK_LOG).glob("*.log")
    )
    if waiting > BACKLOG:
        what = f"{waiting // MB} MB wait to be stored"
        yield Finding("bad", "clicks", what, "is a worker running on this host?")
    else:
        yield Finding("good", "clicks", "stored as they come")


def clock(now: datetime) -> Iterator[Finding]:
    from django.db import connection

    from pesue.foundation.models import Run

    ahead = Run.objects.filter(finished_at__gt=now + SKEW).exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            skew = abs(float(cursor.fetchone()[0]) - time.time())
        ahead = ahead or skew > SKEW.total_seconds()
    if ahead:
        what = "differs from the database's or a worker's"
        yield Finding("bad", "clock", what, "keep all hosts on NTP")
    else:
        yield Finding("good", "clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def tax_rules(now: datetime) -> Iterator[Finding]:
    """The house's own files of tax rules; most houses have none."""
    from pesue.encouragement import tax
    from pesue.encouragement.queries.rewards import own_rules

    for path in sorted(own_rules().glob("*.toml")):
        try:
            rules = tax.read(path)
        except tax.Unreadable as error:
            mend = "see docs/rewards.md, Tax; until then it is left out"
            yield Finding("bad", "tax rules", str(error), mend)
        else:
            yield Finding(
                "good", "tax rules", f"{rules.country} {rules.year}, your own"
            )


CHECKS: list[Check] = [
    data_folder,
    database,
    keys,
    address,
    mail,
    worker,
    clicks,
    clock,
    tax_rules,
]
READ_ROWS = {keys, worker, clicks, clock}
