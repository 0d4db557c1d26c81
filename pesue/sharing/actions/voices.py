"""Keeping what one said aloud beside a draft, and letting it go."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pesue.content.models import Story
from pesue.people.models import Member
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.models import Share, Voice
from pesue.sharing.sounds import HEAD, kind_of

MOST_MEGABYTES = 20  # twenty minutes, as phones keep speech
MOST = 5  # notes beside one draft


def room() -> Path:
    """Where voice notes lie; no address leads into it."""
    folder = Path(settings.DATA) / "voices"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def place_of(voice: Voice) -> Path:
    return room() / voice.file


def keep(
    member: Member,
    upload: "UploadedFile[bytes]",
    *,
    share: Share | None = None,
    story: Story | None = None,
    now: datetime,
) -> Voice:
    """Keep a note beside a draft of the member's. Raises NotDone."""
    if Voice.objects.filter(share=share, story=story).count() >= MOST:
        raise NotDone(_("Five notes are kept at a time. Let one go first."))
    name = f"{secrets.token_hex(20)}.{checked(upload)}"
    _write(upload, room() / name)
    size = upload.size or 0
    return Voice.objects.create(
        member=member, share=share, story=story, file=name, size=size, at=now
    )


def checked(upload: "UploadedFile[bytes]") -> str:
    """What kind of sound it is, by its content. Raises NotDone for any other file."""
    if (upload.size or 0) > MOST_MEGABYTES * 1_000_000:
        raise NotDone(too_long())
    upload.seek(0)
    kind = kind_of(upload.read(HEAD))
    if kind is None:
        raise NotDone(
            _("That is no sound we know. Record it with your phone's own recorder.")
        )
    return kind


def too_long() -> str:
    return _("It is too long: at most %(most)d MB.") % {"most": MOST_MEGABYTES}


def _write(upload: "UploadedFile[bytes]", place: Path) -> None:
    """Whole or not at all."""
    upload.seek(0)
    try:
        with open(place, "xb", opener=_for_us_alone) as file:
            for piece in upload.chunks():
                file.write(piece)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise NotDone(
            _("There is no room for it just now. Try again later.")
        ) from error


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def let_go(voices: Iterable[Voice]) -> int:
    """Delete notes, the sound first: a row without it is deleted next time."""
    gone = 0
    for voice in voices:
        place_of(voice).unlink(missing_ok=True)
        gone += voice.delete()[0]
    return gone
