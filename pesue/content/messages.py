"""What we write to people in this room."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.content.models import Story
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

VIDEO_OFF = declare(
    Kind("video-off", gettext_lazy("When a video of mine is taken off"))
)


def video_off(story: Story, *, now: datetime) -> None:
    """Tell the author that a colleague took their video off; never who wished it."""
    author = story.author
    if author is None or not author.is_active:
        return
    with translation.override(author.language):
        off = _(
            "Somebody in the video of your story “%(title)s” changed their mind. So it "
            "was taken off here, and its file is deleted."
        ) % {"title": story.title}
        elsewhere = _("If you posted it on a network, please take it off there, too.")
        tell(
            VIDEO_OFF,
            f"video-off:{story.pk}:{now.isoformat()}",
            to=author,
            subject=_("A video of yours was taken off"),
            words=[off, elsewhere],
            page=reverse("story", args=[story.pk]),
            now=now,
        )
