"""The click log: one line per visit, written before the visitor is answered.

A visit is the following of a link, or the reading of a story that we show ourselves.

A process writes its own segment, `clk-<ms>-<pid>-<random>.log`, and holds a lock
(flock) on it for as long as it may write. One write() per line with O_APPEND: a
killed process loses nothing it has answered. A thread syncs to disk every 50 ms: a
power cut loses at most that. The folder must be on a local disk.
"""

import fcntl
import os
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

MARK = "\x1f"


class Click(NamedTuple):
    ms: int  # since 1970
    link: int
    visitor: str  # 16 hex digits
    kind: str
    device: str
    source: str


class Landing(NamedTuple):
    """A story's page was shown, whatever way its reader came."""

    ms: int
    page: str  # the story's slug
    visitor: str
    kind: str


def line(visit: Click | Landing) -> bytes:
    body = MARK.join(map(str, visit)).encode("ascii")
    return b"%b\x1f%08x\n" % (body, crc32(body))


def read(text: bytes) -> Click | Landing | None:
    """What a line without its newline tells; None if the line is not whole."""
    body, _, check = text.rpartition(b"\x1f")
    try:
        if check != b"%08x" % crc32(body):
            return None
        ms, where, visitor, kind, *more = body.decode("ascii").split(MARK)
        if not more:
            return Landing(int(ms), where, visitor, kind)
        device, source = more
        return Click(int(ms), int(where), visitor, kind, device, source)
    except ValueError:
        return None


class ClickLog:
    """This process's end of the log. `write` is safe from any thread."""

    def __init__(
        self,
        folder: Path,
        *,
        sync_every: float = 0.05,
        most_bytes: int = 64 << 20,
        longest: float = 600.0,
    ) -> None:
        """Sizes in bytes, times in seconds. Begins the first segment at once."""
        self.folder = folder
        self.failed = 0  # clicks answered but not written
        self.failing = False
        self._sync_every = sync_every
        self._most_bytes = most_bytes
        self._longest = longest
        self._fd = -1
        self._begun = 0.0
        self._torn = False
        self._written = self._synced = 0
        self._stop = threading.Event()
        self._begin()
        self._thread = threading.Thread(target=self._keep, name="clicks", daemon=True)
        self._thread.start()

    def write(self, text: bytes) -> bool:
        """Append one line. False, and counted, if the disk would not take it."""
        if self._torn:  # keep a half line, left by a full disk, apart from ours
            text = b"\n" + text
        try:
            taken = os.write(self._fd, text)
        except OSError:
            taken = 0
        if taken != len(text):
            self._torn = self._torn or taken > 0
            self.failed += 1
            self.failing = True
            return False
        self._torn = self.failing = False
        self._written += 1
        return True

    def close(self) -> None:
        """Sync what is written and let the segment go."""
        self._stop.set()
        self._thread.join()
        self._sync(self._fd)
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _keep(self) -> None:
        checked = time.monotonic()
        while not self._stop.wait(self._sync_every):
            self._sync(self._fd)
            if time.monotonic() - checked >= min(1.0, self._longest):
                checked = time.monotonic()
                if self._is_spent():
                    self._begin()

    def _sync(self, fd: int) -> None:
        written = self._written
        if fd < 0 or written == self._synced:
            return
        try:
            os.fdatasync(fd)
        except OSError:
            self.failing = True
        else:
            self._synced = written

    def _is_spent(self) -> bool:
        """Too large, too old, or taken away from under us."""
        if self._fd < 0:
            return True
        found = os.fstat(self._fd)
        old = time.monotonic() - self._begun >= self._longest
        return (
            found.st_nlink == 0
            or found.st_size >= self._most_bytes
            or (old and found.st_size > 0)
        )

    def _begin(self) -> None:
        """Open a new segment in the place of the old one.

        dup2 swaps the file under the same number, so a write() under way in
        another thread ends in the old segment and the next in the new one.
        """
        try:
            fresh = _new_segment(self.folder)
        except OSError:
            self.failing = True
            return
        self._begun = time.monotonic()
        if self._fd < 0:
            self._fd = fresh
            return
        old = os.dup(self._fd)
        os.dup2(fresh, self._fd, inheritable=False)
        os.close(fresh)
        with suppress(OSError):
            os.fdatasync(old)
        os.close(old)


def _new_segment(folder: Path) -> int:
    """A locked, empty segment. It gets its name only when it is locked, so that
    nobody takes it for one whose writer is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"clk-{time.time_ns() // 1_000_000}-{os.getpid()}-{secrets.token_hex(3)}"
    unready = folder / f"{name}.new"
    fd = os.open(unready, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        unready.rename(folder / f"{name}.log")
    except OSError:
        os.close(fd)
        raise
    return fd


def writer_is_gone(fd: int) -> bool:
    """Whether nobody holds the segment open for writing any more."""
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(fd, fcntl.LOCK_UN)
    return True
