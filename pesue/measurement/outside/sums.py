"""What was read from a file, added up on disk: memory grows with nothing.

It is a small SQLite file that lies beside the uploads until somebody says yes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Self

MANY = 50_000  # sums that are held in memory at a time

Numbers = tuple[int | None, ...]
WIDTH = 4


class Sums:
    """Numbers by day and name, and what each name stands for.

    An absent number (None) adds nothing; a sum of absent ones is absent.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("BEGIN")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS sums (day TEXT, name TEXT, a INT, b INT, c INT,"
            " d INT, PRIMARY KEY (day, name)) WITHOUT ROWID"
        )
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS texts (name TEXT PRIMARY KEY, text TEXT)"
            " WITHOUT ROWID"
        )
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS told (what TEXT PRIMARY KEY, line INT)"
            " WITHOUT ROWID"
        )
        self._held: dict[tuple[date, str], list[int | None]] = {}
        self._texts: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._db.execute("DROP TABLE told")
        self._db.execute("COMMIT")
        self._db.close()

    def add(self, day: date, name: str, *numbers: int | None, text: str = "") -> None:
        held = self._held.get((day, name))
        if held is None:
            if len(self._held) >= MANY:
                self._flush()
            held = self._held[day, name] = [None] * WIDTH
        for place, number in enumerate(numbers):
            if number is not None:
                held[place] = (held[place] or 0) + number
        if text:
            self._texts[name] = text

    def line_of(self, what: str, line: int) -> int:
        """The line that said `what` first: `line`, if none has before."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO told VALUES (?, ?)", (what, line)
        )
        if done.rowcount:
            return line
        asked = "SELECT line FROM told WHERE what = ?"
        [found] = self._db.execute(asked, (what,)).fetchone()
        return int(found)

    def _flush(self) -> None:
        rows = [
            (day.isoformat(), name, *held) for (day, name), held in self._held.items()
        ]
        more = ", ".join(
            f"{x} = CASE WHEN excluded.{x} IS NULL THEN {x}"
            f" ELSE COALESCE({x}, 0) + excluded.{x} END"
            for x in "abcd"
        )
        self._db.executemany(
            "INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?)"
            f" ON CONFLICT (day, name) DO UPDATE SET {more}",
            rows,
        )
        texts = "INSERT OR IGNORE INTO texts VALUES (?, ?)"
        self._db.executemany(texts, self._texts.items())
        self._held.clear()
        self._texts.clear()

    def drop(self, days: set[date]) -> int:
        """Forget these days; says how much they held."""
        self._flush()
        gone = 0
        for day in days:
            key = (day.isoformat(),)
            asked = "SELECT COALESCE(SUM(a), 0) FROM sums WHERE day = ?"
            gone += self._db.execute(asked, key).fetchone()[0]
            self._db.execute("DELETE FROM sums WHERE day = ?", key)
        return gone

    def size(self) -> tuple[int, int]:
        """How many different names there are, and the sum of the first numbers."""
        self._flush()
        asked = "SELECT COUNT(DISTINCT name), COALESCE(SUM(a), 0) FROM sums"
        names, whole = self._db.execute(asked).fetchone()
        return int(names), int(whole)


class Kept:
    """Sums that lie on disk, read again."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise FileNotFoundError(path)
        self._path = path

    def names(self) -> Iterator[str]:
        yield from (row[0] for row in self._asked("SELECT DISTINCT name FROM sums"))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each name that some day has, and what it stands for."""
        asked = (
            "SELECT name, text FROM texts WHERE name IN (SELECT name FROM sums)"
            " ORDER BY name"
        )
        yield from self._asked(asked)

    def of(self, day: date) -> Iterator[tuple[str, Numbers]]:
        """The day's names with their numbers."""
        asked = "SELECT name, a, b, c, d FROM sums WHERE day = ? ORDER BY name"
        for name, *numbers in self._asked(asked, day.isoformat()):
            yield name, tuple(numbers)

    def all(self) -> Iterator[tuple[date, str, Numbers]]:
        asked = "SELECT day, name, a, b, c, d FROM sums ORDER BY day, name"
        for day, name, *numbers in self._asked(asked):
            yield date.fromisoformat(day), name, tuple(numbers)

    def _asked(self, asked: str, *values: str) -> Iterator[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True)) as db:
            yield from db.execute(asked, values)
