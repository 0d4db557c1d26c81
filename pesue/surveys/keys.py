"""Where the secret keys of surveys lie: in files of one worker, never in the database.

No backup takes them. Who has a backup, or the database's log, has sealed boxes only.
No Django: the folder is given.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def keep(folder: Path, survey: int, public: str, secret: str) -> None:
    """Keep the key, durably, for this machine's user alone."""
    file = folder / _name(survey, public)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secret)
        opened.flush()
        os.fsync(descriptor)
    draft.replace(file)
    listed = os.open(folder, os.O_RDONLY)
    os.fsync(listed)
    os.close(listed)


def secret_of(folder: Path, survey: int, public: str) -> str:
    """Empty where this machine does not have it."""
    try:
        return (folder / _name(survey, public)).read_text()
    except FileNotFoundError:
        return ""


def destroy(file: Path) -> None:
    """Overwrite it and take it away: what it sealed can never be read again."""
    with suppress(FileNotFoundError):
        with file.open("r+b") as opened:
            opened.write(b"\0" * file.stat().st_size)
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()


def kept(folder: Path) -> Iterator[tuple[int, Path]]:
    """What this machine has: of which survey, and where."""
    for file in folder.glob("*.jwk"):
        yield int(file.stem.partition("-")[0]), file


def is_of(file: Path, survey: int, public: str) -> bool:
    return file.name == _name(survey, public)


def _name(survey: int, public: str) -> str:
    """Two workers on one machine that make a key at once do not write over it."""
    mark = hashlib.sha256(public.encode()).hexdigest()[:16]
    return f"{survey}-{mark}.jwk"
