"""All data of an installation in one file, taken while it runs, and back again.

In FILE.tar.gz: manifest.json, database.sqlite3 (or database.dump of pg_dump),
media/, clicks/, tax/ and, when asked for, keys/. Left out always: the salts of visitor
numbers, which must not outlive their day, and sessions' cache.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pesue import __version__

KEYS = ("secret.key", "seal.keys")
SALTS = "pesue_salt"
SHARES = "pesue_share"
FORMAT = 1


class BackupRefused(Exception):
    """It cannot be done; the text says what to do instead."""


def keep(file: Path, *, with_keys: bool) -> None:
    """Write a backup to `file`, whole or not at all. Pesue may be running.

    The click log is copied before the database: what was read of it in between is
    in both, and the database knows how far it has read.
    Raises BackupRefused.
    """
    from django.conf import settings

    data: Path = settings.DATA
    file = file.absolute()
    if file.is_relative_to(data / "media") or not file.parent.is_dir():
        raise BackupRefused(f"{file.parent} is not a folder for backups.")
    with scratch(file.parent) as folder:
        _copy_clicks(data / "clicks", folder / "clicks")
        database = _copy_database(folder)
        facts = {
            "format": FORMAT,
            "pesue": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": database.name,
            "keys": with_keys,
        }
        (folder / "manifest.json").write_text(json.dumps(facts, indent=1))
        draft = folder / "whole.tar.gz"
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w:gz", compresslevel=6) as tar:
            tar.add(folder / "manifest.json", "manifest.json")
            tar.add(database, database.name)
            _add_folder(tar, folder / "clicks", "clicks")
            _add_folder(tar, data / "media", "media")
            _add_folder(tar, data / "tax", "tax")
            for name in KEYS if with_keys else ():
                if (data / name).exists():
                    tar.add(data / name, f"keys/{name}")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)


def bring_back(file: Path, *, force: bool) -> list[str]:
    """Put the backup in the place of the data folder; returns what to tell.

    The old folder is renamed, not removed. Until the last moment nothing that is
    there now is touched. Raises BackupRefused.
    """
    from django.conf import settings

    data: Path = settings.DATA
    _refuse(data, force)
    with scratch(data.parent) as folder:
        facts = _unpack(file, folder)
        database: dict[str, Any] = dict(settings.DATABASES["default"])
        wanted = "sqlite3" if "sqlite3" in database["ENGINE"] else "dump"
        if not str(facts["database"]).endswith(wanted):
            raise BackupRefused(
                "The backup is of another kind of database than DATABASE_URL names."
            )
        told = _settle_keys(folder, data, bool(facts["keys"]))
        made_at = datetime.fromisoformat(str(facts["made_at"]))
        if wanted == "dump":
            _load_dump(database, folder / str(facts["database"]), made_at)
        else:
            (folder / str(facts["database"])).rename(folder / "pesue.sqlite3")
            with closing(sqlite3.connect(folder / "pesue.sqlite3")) as sql:
                sql.execute(_doubt(f"{made_at:%Y-%m-%d %H:%M:%S}"))
                sql.commit()
        aside = _swap(folder, data)
    told.append(f"Restored the backup of {facts['made_at']} to {data}.")
    told.append(f"What was there before is in {aside}; remove it when all is well.")
    told.append("Now run: pesue migrate (pesue run does it by itself).")
    return told


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A folder beside the goal, on the same disk, that only we can enter."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".pesue-", dir=parent))
    except OSError as error:
        raise BackupRefused(f"Cannot write to {parent}: {error.strerror}") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_clicks(clicks: Path, copy: Path) -> None:
    """The segments of the click log; one that is removed meanwhile has been read."""
    copy.mkdir()
    for segment in sorted(clicks.glob("*.log")):
        with suppress(FileNotFoundError):
            shutil.copyfile(segment, copy / segment.name)


def _add_folder(tar: tarfile.TarFile, folder: Path, name: str) -> None:
    """Like tar.add, but a file that is removed meanwhile is no failure."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            with suppress(FileNotFoundError):
                tar.add(path, f"{name}/{path.relative_to(folder)}")


def _copy_database(folder: Path) -> Path:
    from django.conf import settings

    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if "sqlite3" not in database["ENGINE"]:
        return _dump(database, folder / "database.dump")
    copy = folder / "database.sqlite3"
    with (
        closing(sqlite3.connect(database["NAME"], timeout=20)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)  # in one go: a moment of the database, writers go on
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("PRAGMA secure_delete=ON")
        tables = target.execute("SELECT 1 FROM sqlite_master WHERE name=?", [SALTS])
        if tables.fetchone():
            target.execute(f"DELETE FROM {SALTS}")
        target.commit()
        [sound] = target.execute("PRAGMA quick_check(1)").fetchone()
    if sound != "ok":
        raise BackupRefused(f"The database is damaged, so no backup was made: {sound}")
    return copy


def _postgres(database: dict[str, Any], program: str, *words: str) -> list[str]:
    """The command, and no password in it: that goes by PGPASSWORD."""
    if shutil.which(program) is None:
        raise BackupRefused(
            f"{program} is missing: install PostgreSQL's client (Debian: apt-get "
            "install postgresql-client), at least as new as the server."
        )
    named = {"--host": "HOST", "--port": "PORT", "--username": "USER"}
    where = [f"{k}={database[v]}" for k, v in named.items() if database.get(v)]
    return [program, "--no-password", *where, f"--dbname={database['NAME']}", *words]


def _run(database: dict[str, Any], command: list[str]) -> None:
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise BackupRefused(f"{command[0]} said: {done.stderr.strip()[-500:]}")


def _dump(database: dict[str, Any], path: Path) -> Path:
    words = ["--format=custom", f"--file={path}", f"--exclude-table-data={SALTS}"]
    _run(database, _postgres(database, "pg_dump", *words, "--no-owner"))
    return path


def _load_dump(database: dict[str, Any], path: Path, made_at: datetime) -> None:
    """In one transaction: all of it, or the database stays as it was."""
    from django.db import connection

    words = ["--clean", "--if-exists", "--single-transaction", "--no-owner", str(path)]
    _run(database, _postgres(database, "pg_restore", *words))
    with connection.cursor() as cursor:
        cursor.execute(_doubt(made_at.isoformat()))


def _doubt(made_at: str) -> str:
    """SQL: what waited for its time then may have gone out since. A worker looks
    before it sends, and asks the member where it cannot see: nothing goes out twice.
    """
    return (
        f"UPDATE {SHARES} SET unanswered_since = '{made_at}' "
        "WHERE state IN ('scheduled', 'sending') AND unanswered_since IS NULL "
        "AND send_at <= CURRENT_TIMESTAMP"
    )


def _refuse(data: Path, force: bool) -> None:
    """Raises BackupRefused where a restore would do harm."""
    from pesue.environment import PORT

    with suppress(OSError):
        socket.create_connection(("127.0.0.1", PORT.number()), timeout=0.5).close()
        raise BackupRefused("Pesue seems to be running. Stop it, then restore.")
    if data.is_mount():
        raise BackupRefused(
            f"{data} is a mount point and cannot be swapped: set PESUE_DATA to a "
            "folder inside it, restore there, and keep that setting."
        )
    if not force and _holds_something():
        raise BackupRefused(
            f"There is data in {data} already. With --force it is put aside, and on "
            "PostgreSQL replaced."
        )


def _holds_something() -> bool:
    """Whether the database has any table of ours."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        if not path.exists() or not path.stat().st_size:
            return False
    return "pesue_member" in connection.introspection.table_names()


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Only plain files, only inside `folder`, whatever the archive says."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            for member in tar:
                goal = (folder / member.name).resolve()
                if not member.isfile() or not goal.is_relative_to(folder.resolve()):
                    raise BackupRefused(f"{file} is not a backup of ours.")
                goal.parent.mkdir(parents=True, exist_ok=True)
                source = tar.extractfile(member)
                assert source is not None  # isfile
                with goal.open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
        facts: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise BackupRefused(f"{file} cannot be read as a backup: {error}") from error
    if facts.get("format") != FORMAT:
        raise BackupRefused(f"{file} was made by another version of Pesue.")
    return facts


def _settle_keys(folder: Path, data: Path, in_backup: bool) -> list[str]:
    """The backup's keys if it has them, else those that are there now."""
    kept = folder / "keys" if in_backup else data
    for name in KEYS:
        if (kept / name).exists():
            shutil.copy2(kept / name, folder / name)
            (folder / name).chmod(0o600)
    shutil.rmtree(folder / "keys", ignore_errors=True)
    if in_backup:
        return []
    return [
        "The backup has no keys: those of the present data folder stay. If they are "
        "not the ones of the backup's time, copy secret.key and seal.keys to "
        f"{data}, else members must connect their accounts once more."
    ]


def _swap(folder: Path, data: Path) -> Path:
    aside = data.with_name(f"{data.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    (folder / "manifest.json").unlink()
    folder.chmod(data.stat().st_mode & 0o777)
    data.rename(aside)
    try:
        folder.rename(data)
    except OSError:
        aside.rename(data)
        raise
    return aside
