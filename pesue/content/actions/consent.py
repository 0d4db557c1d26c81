"""Who is in a video, and what becomes of it when one of them changes their mind."""

from datetime import datetime

from django.db import transaction

from pesue.content import messages
from pesue.content.actions.files import let_go_of
from pesue.content.actions.stories import withdraw
from pesue.content.actions.videos import waiting_room
from pesue.content.models import Story, Video
from pesue.people.models import Member

SHOWN = (Story.State.SENT, Story.State.ACCEPTED)


def say_who(video: Video, people: str, names: str) -> None:
    """The author says who can be recognised in it, and that they agreed."""
    Video.objects.filter(pk=video.pk).update(people=people, names=names)


def take_off(video: Video, *, by: Member, now: datetime) -> None:
    """Somebody in it wants it away: it is nowhere here from now on, and its files are
    deleted. A story that was nothing else goes with it. Who it was is not kept.

    Raises LostRace, ForbiddenMove.
    """
    story, poster, upload = video.story, video.poster, video.upload
    names = [video.file, poster.file if poster else ""]
    with transaction.atomic():
        video.move(
            Video.State.OFF,
            now=now,
            **{"alt": "", "captions": "", "names": "", "people": ""},
            **{"upload": "", "poster": None, "reason": "", "about": {}},
        )
        if poster:
            poster.delete()  # and so it leaves the library's card
        alone = not (story.text.strip() or story.pictures.exists())
        if alone and story.state in SHOWN:
            withdraw(story, now=now)
        if by.pk != story.author_id:
            messages.video_off(story, now=now)
    if upload:
        (waiting_room() / upload).unlink(missing_ok=True)
    let_go_of(names)
