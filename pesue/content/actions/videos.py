import tempfile
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from pesue.content.actions.pictures import store_picture
from pesue.content.actions.refusals import CannotUse
from pesue.content.keeping import NoRoom, keep_file
from pesue.content.models import Story, Video
from pesue.content.videos import BadVideo, checked
from pesue.foundation.moves import LostRace

State = Video.State


def waiting_room() -> Path:
    """Where uploads lie until they are checked; never served."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def add_video(
    story: Story, upload: "UploadedFile[bytes]", *, alt: str, now: datetime
) -> Video:
    """Put an uploaded video in line to be checked, in place of an earlier one.

    It is written piece by piece, never held whole. Raises CannotUse.
    """
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
        story=story, alt=alt[:2000], upload=name, state=State.WAITING, state_since=now
    )


def remove_video(story: Story) -> None:
    """Take the video away, and its upload if it still waits."""
    for video in Video.objects.filter(story=story):
        if video.upload:
            (waiting_room() / video.upload).unlink(missing_ok=True)
        video.delete()


def check_video(video: Video, *, now: datetime) -> None:
    """Check and pack a waiting video. It ends ready or refused, never half."""
    try:
        video.move(State.CHECKING, now=now)
    except LostRace:
        return
    source = waiting_room() / video.upload
    try:
        with tempfile.TemporaryDirectory(dir=waiting_room()) as folder:
            packed = checked(source, Path(folder))
            frame = Path(packed.poster).read_bytes()
            poster = store_picture(frame, alt=video.alt[:500])
            name = keep_file(Path(settings.MEDIA_ROOT), Path(packed.file))
    except (BadVideo, CannotUse) as error:
        about = {"minutes": 3} if error.reason == "long video" else {}
        video.move(State.REFUSED, now=now, reason=error.reason, about=about, upload="")
    except NoRoom:
        return video.move(State.WAITING, now=now, reason="full disk")
    else:
        video.move(
            State.READY,
            now=now,
            file=name,
            poster=poster,
            seconds=packed.seconds,
            reason="",
            upload="",
        )
    source.unlink(missing_ok=True)
