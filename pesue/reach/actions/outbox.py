"""Mails that lie as files in the data folder, where no mail server is set.

They are read by whoever runs the house, and hold links that sign people in.
"""

import os
from collections.abc import Collection
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.core.mail.message import sanitize_address

LINE = b"\n" + b"-" * 79 + b"\n"  # Django ends each mail so


def folder() -> Path:
    return Path(settings.DATA) / "outbox"


def sweep(*, before: datetime) -> int:
    """Delete files last written before that moment; how many."""
    old = [
        path
        for path in folder().glob("*.log")
        if path.stat().st_mtime < before.timestamp()
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def forget(addresses: Collection[str]) -> None:
    """Take the mails to these addresses out; those to others stay as they are."""
    gone = {sanitize_address(address, "utf-8").lower() for address in addresses}
    for path in folder().glob("*.log"):
        written = path.read_bytes()
        rest = _without(gone, written)
        if not rest:
            path.unlink(missing_ok=True)
        elif rest != written:
            _rewrite(path, rest)


def _without(gone: Collection[str], written: bytes) -> bytes:
    kept, mine = [], False
    *whole, torn = written.split(LINE)
    for piece in [*(mail + LINE for mail in whole), torn]:
        to = BytesHeaderParser().parsebytes(piece)["To"]
        if to is not None:  # else such a line was in a mail: the same one goes on
            mine = parseaddr(str(to))[1].lower() in gone
        if not mine:
            kept.append(piece)
    return b"".join(kept)


def _rewrite(path: Path, content: bytes) -> None:
    """Whole or not at all, and no younger than it was."""
    when, fresh = path.stat().st_mtime, path.with_suffix(".new")
    fresh.write_bytes(content)
    os.utime(fresh, (when, when))
    fresh.replace(path)
