import tempfile
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from pesue.content import captions
from pesue.content.actions.files import let_go_of
from pesue.content.actions.pictures import store_picture
from pesue.content.actions.refusals import CannotUse
from pesue.content.keeping import NoRoom, keep_file
from pesue.content.models import Picture, Story, Video
from pesue.content.videos import HEAD, BadVideo, Packed, Wish, checked, kind_by
from pesue.foundation.moves import LostRace

State = Video.State


@dataclass(frozen=True)
class Told:
    """What an author says beside a video."""

    alt: str
    captions: str = ""  # WebVTT as `captions.write` makes it, timed as what is uploaded
    people: str = ""
    names: str = ""


@dataclass(frozen=True)
class Cut:
    """What of an upload is to be kept, and the frame that stands for it; in
    milliseconds."""

    starts: int = 0
    ends: int | None = None
    poster_at: int | None = None


def waiting_room() -> Path:
    """Where uploads lie until they are checked; never served."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def add_video(
    story: Story,
    upload: "UploadedFile[bytes]",
    told: Told,
    *,
    cut: Cut | None = None,
    now: datetime,
) -> Video:
    """Put an uploaded video in line to be checked, in place of an earlier one.

    It is written piece by piece, never held whole. Raises CannotUse.
    """
    looks_right(upload)
    name = uuid.uuid4().hex
    place = waiting_room() / name
    try:
        with place.open("wb") as file:
            for piece in upload.chunks():
                file.write(piece)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise CannotUse("full disk") from error
    remove_video(story)
    return Video.objects.create(
        story=story,
        **vars(told),
        **vars(cut or Cut()),
        upload=name,
        state=State.WAITING,
        state_since=now,
    )


def looks_right(upload: "UploadedFile[bytes]") -> None:
    """Raises CannotUse for what is no video by its first bytes, whatever its name."""
    upload.seek(0)
    try:
        kind_by(upload.read(HEAD))
    except BadVideo as error:
        raise CannotUse(error.reason) from error
    finally:
        upload.seek(0)


def tell_of(video: Video, told: Told) -> None:
    """Other words beside a video that is kept. Captions of one that is just being cut
    stay as they were: their times are about to change."""
    with transaction.atomic():
        held = Video.objects.select_for_update().get(pk=video.pk)
        for name, value in vars(told).items():
            if name != "captions" or held.state != State.CHECKING:
                setattr(held, name, value)
        held.save(update_fields=list(vars(told)))


def remove_video(story: Story) -> None:
    """Take the video away, with its files, and its upload if it still waits."""
    for video in Video.objects.filter(story=story).select_related("poster"):
        if video.upload:
            (waiting_room() / video.upload).unlink(missing_ok=True)
        names, poster = [video.file], video.poster
        video.delete()
        if poster:
            names.append(poster.file)
            poster.delete()
        let_go_of(names)


def check_video(video: Video, *, now: datetime) -> None:
    """Check and pack a waiting video. It ends ready or refused, never half."""
    try:
        video.move(State.CHECKING, now=now)
    except LostRace:
        return
    source = waiting_room() / video.upload
    try:
        with tempfile.TemporaryDirectory(dir=waiting_room()) as folder:
            packed = checked(source, Path(folder), _wish(video))
            frame = Path(packed.poster).read_bytes()
            poster = store_picture(frame, alt=video.alt[:500])
            name = keep_file(Path(settings.MEDIA_ROOT), Path(packed.file))
    except (BadVideo, CannotUse) as error:
        about = {"minutes": 3} if error.reason == "long video" else {}
        video.move(State.REFUSED, now=now, reason=error.reason, about=about, upload="")
    except NoRoom:
        return video.move(State.WAITING, now=now, reason="full disk")
    else:
        try:
            _ready(video, packed, file=name, poster=poster, now=now)
        except LostRace:  # taken off meanwhile, or another put in its place
            poster.delete()
            let_go_of([name, poster.file])
    source.unlink(missing_ok=True)


def _wish(video: Video) -> Wish:
    def seconds(milliseconds: int | None) -> float | None:
        return None if milliseconds is None else milliseconds / 1000

    return Wish(video.starts / 1000, seconds(video.ends), seconds(video.poster_at))


def _ready(
    video: Video, packed: Packed, *, file: str, poster: Picture, now: datetime
) -> None:
    """What was cut away is gone: captions count from the new beginning."""
    cues = captions.cut(captions.read(video.captions), video.starts, video.ends)
    video.move(
        State.READY,
        now=now,
        file=file,
        poster=poster,
        seconds=packed.seconds,
        captions=captions.write(cues),
        starts=0,
        ends=None,
        poster_at=None,
        reason="",
        upload="",
    )
