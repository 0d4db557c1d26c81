"""A backup under writes, brought back elsewhere: the same rows, and never half."""

import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pesue import backup

ROW = "INSERT INTO pesue_team (name, path) VALUES (?, ?)"


class Installation:
    """A data folder with a database of our shape, and `pesue` run on it."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def made(self) -> "Installation":
        for folder in ("media", "clicks", "static", "tax"):
            (self.data / folder).mkdir(parents=True)
        (self.data / "tax" / "fi-2027.toml").write_text("staff_gift_limit = 1\n")
        (self.data / "media" / "kissa.webp").write_bytes(b"cat")
        (self.data / "clicks" / "clk-1.log").write_bytes(b"one\n")
        (self.data / "clicks" / "clk-2.new").write_bytes(b"")
        (self.data / "secret.key").write_text("s" * 60)
        (self.data / "seal.keys").write_text("k1:" + "A" * 43 + "=")
        with closing(self.sql()) as sql:
            sql.execute("PRAGMA journal_mode=WAL")
            sql.execute("CREATE TABLE pesue_member (id INTEGER PRIMARY KEY)")
            sql.execute("CREATE TABLE pesue_salt (day TEXT, secret BLOB)")
            sql.execute("INSERT INTO pesue_salt VALUES ('2026-03-02', x'5ec2e7')")
            sql.execute("CREATE TABLE pesue_team (name TEXT, path TEXT)")
            sql.execute(
                "CREATE TABLE pesue_share "
                "(state TEXT, send_at TEXT, unanswered_since TEXT)"
            )
            sql.commit()
        return self

    def sql(self) -> sqlite3.Connection:
        return sqlite3.connect(self.data / "pesue.sqlite3", timeout=20)

    def names(self) -> list[str]:
        with closing(self.sql()) as sql:
            return [row[0] for row in sql.execute("SELECT name FROM pesue_team")]

    def pesue(self, *words: str) -> subprocess.CompletedProcess[str]:
        outside = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        outside["DJANGO_SETTINGS_MODULE"] = "pesue.settings"
        return subprocess.run(
            [sys.executable, "-m", "pesue.cli", *words],
            env={**outside, "PESUE_DATA": str(self.data), "PESUE_PORT": "1"},
            capture_output=True,
            text=True,
        )


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "here" / "data").made()


@pytest.fixture
def there(tmp_path: Path) -> Installation:
    there = Installation(tmp_path / "there" / "data")
    there.data.mkdir(parents=True)
    return there


def test_a_backup_under_writes_is_one_moment(
    here: Installation, there: Installation, tmp_path: Path
) -> None:
    """A team and its twin are written together: never one without the other."""
    stop = threading.Event()

    def write() -> None:
        with closing(here.sql()) as sql:
            n = 0
            while not stop.wait(0.001):
                sql.executemany(ROW, [(f"{n}", "/"), (f"twin of {n}", "/")])
                sql.commit()
                n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        kept = here.pesue("backup", str(tmp_path / "b.tar.gz"), "--with-keys")
    finally:
        stop.set()
        writer.join()
    assert kept.returncode == 0, kept.stderr
    back = there.pesue("restore", str(tmp_path / "b.tar.gz"))
    assert back.returncode == 0, back.stderr
    names = there.names()
    assert len(names) % 2 == 0
    assert names == here.names()[: len(names)]
    assert (there.data / "media" / "kissa.webp").read_bytes() == b"cat"
    assert (there.data / "tax" / "fi-2027.toml").exists()
    assert (there.data / "clicks" / "clk-1.log").read_bytes() == b"one\n"
    assert (there.data / "secret.key").read_text() == "s" * 60
    assert stat.S_IMODE((there.data / "seal.keys").stat().st_mode) == 0o600


def test_what_may_have_gone_out_since_is_looked_for_first(
    here: Installation, there: Installation, tmp_path: Path
) -> None:
    """A post that went out after the backup does not go out once more."""
    rows = [
        ("scheduled", "2020-03-02 12:00:00", None),
        ("sending", "2020-03-02 12:00:00", "2020-03-02 12:01:00"),
        ("scheduled", "2999-03-02 12:00:00", None),
        ("shared", "2020-03-02 12:00:00", None),
        ("draft", None, None),
    ]
    with closing(here.sql()) as sql:
        sql.executemany("INSERT INTO pesue_share VALUES (?, ?, ?)", rows)
        sql.commit()
    here.pesue("backup", str(tmp_path / "b.tar.gz"))
    back = there.pesue("restore", str(tmp_path / "b.tar.gz"))
    assert back.returncode == 0, back.stderr
    with closing(there.sql()) as sql:
        found = sql.execute("SELECT unanswered_since FROM pesue_share").fetchall()
    since = [at for (at,) in found]
    assert since[0] > "2026"
    assert since[1:] == ["2020-03-02 12:01:00", None, None, None]


def test_keys_and_salts_stay_out(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    assert "keys are not in it" in here.pesue("backup", str(file)).stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as tar:
        assert not [n for n in tar.getnames() if n.startswith("keys") or ".new" in n]
        database = tar.extractfile("database.sqlite3")
        assert database is not None
        assert b"\x5e\xc2\xe7" not in database.read()


def test_data_is_not_overwritten_without_force(
    here: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "b.tar.gz"
    here.pesue("backup", str(file))
    with closing(here.sql()) as sql:
        sql.execute(ROW, ("later", "/"))
        sql.commit()
    refused = here.pesue("restore", str(file))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert here.names() == ["later"]
    assert here.pesue("restore", str(file), "--force").returncode == 0
    assert here.names() == []
    assert (here.data / "secret.key").read_text() == "s" * 60  # its own stayed
    [aside] = here.data.parent.glob("data.before-*")
    assert Installation(aside).names() == ["later"]


@pytest.mark.parametrize("name", ["../evil", "/evil", "media/../../evil"])
def test_an_archive_cannot_write_outside(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "deep" / "inside"
    inside.mkdir(parents=True)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(backup.BackupRefused, match="not a backup"):
        backup._unpack(tmp_path / "b.tar.gz", inside)


@pytest.mark.parametrize("text", [b"", b"not a backup", b"\x1f\x8b broken"])
def test_a_broken_file_changes_nothing(
    here: Installation, tmp_path: Path, text: bytes
) -> None:
    (tmp_path / "b.tar.gz").write_bytes(text)
    before = sorted(path.name for path in here.data.parent.iterdir())
    refused = here.pesue("restore", str(tmp_path / "b.tar.gz"), "--force")
    assert "cannot be read as a backup" in refused.stderr
    assert sorted(path.name for path in here.data.parent.iterdir()) == before
