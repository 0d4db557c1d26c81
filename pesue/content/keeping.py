"""Files kept under the media folder by the hash of their content. No Django."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


class NoRoom(Exception):
    """The disk would not take the file. Nothing of it is left behind."""


def keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files whole or not at all. A name that is there already stays.

    All are written under other names first, so that a full disk stops us before
    the first one shows.
    """
    drafts: list[tuple[str, Path]] = []
    try:
        for name, content in files.items():
            place = place_of(folder, name)
            if not place.exists():
                drafts.append((_draft(place, content), place))
        for draft, place in drafts:
            os.replace(draft, place)
    except OSError as error:
        raise NoRoom(str(error)) from error
    finally:
        for draft, _place in drafts:
            Path(draft).unlink(missing_ok=True)


def _draft(place: Path, content: bytes) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return draft


def place_of(folder: Path, name: str) -> Path:
    """Where a name is kept: spread over 256 folders by its first two letters."""
    return folder / name[:2] / name


def keep_file(folder: Path, source: Path) -> str:
    """Keep a large file under the hash of its content. Returns its name."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    place = place_of(folder, f"{digest}{source.suffix}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".draft-{os.getpid()}-{place.name}")
        try:
            shutil.copyfile(source, draft)
            os.replace(draft, place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise NoRoom(str(error)) from error
    return place.name
