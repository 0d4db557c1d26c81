"""The click log from its other end: whole lines, in order, from where one stopped."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pesue.sharing.clicks.log import Click, Landing, read, writer_is_gone

BATCH = 1 << 20  # bytes, some 14,000 lines: a short turn of SQLite's one writer


class Batch(NamedTuple):
    clicks: list[Click]
    bad: int  # lines that were not whole
    ends: int  # the offset after them
    landings: Sequence[Landing] = ()


def names(folder: Path) -> list[str]:
    """The segments there are, the oldest first."""
    return sorted(path.name for path in folder.glob("clk-*.log"))


class Segment:
    """An open segment. When `ended`, its writer is gone and nothing will be added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = os.open(path, os.O_RDONLY)
        self.ended = writer_is_gone(self._fd)

    def batch(self, offset: int) -> Batch | None:
        """The lines from `offset` on; None if there is no whole one yet.

        What a dying writer or a full disk left of a line is counted and passed over.
        """
        data = os.pread(self._fd, BATCH, offset)
        cut = data.rfind(b"\n") + 1
        if not cut:
            if not data or not (self.ended or len(data) == BATCH):
                return None
            cut = len(data)
        lines = [text for text in data[:cut].split(b"\n") if text]
        visits = [visit for visit in map(read, lines) if visit is not None]
        clicks = [visit for visit in visits if isinstance(visit, Click)]
        landings = [visit for visit in visits if isinstance(visit, Landing)]
        return Batch(clicks, len(lines) - len(visits), offset + cut, tuple(landings))

    def is_read(self, offset: int) -> bool:
        """Whether nothing is left, nor ever will be, after `offset`."""
        return self.ended and os.fstat(self._fd).st_size <= offset

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        os.close(self._fd)


@contextmanager
def opened(path: Path) -> Iterator[Segment]:
    segment = Segment(path)
    try:
        yield segment
    finally:
        segment.close()


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """True for one process at a time; the others need not wait."""
    folder.mkdir(parents=True, exist_ok=True)
    fd = os.open(folder / "ingest.lock", os.O_RDWR | os.O_CREAT, 0o600)
    mine = False
    try:
        with suppress(BlockingIOError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = True
        yield mine
    finally:
        os.close(fd)
