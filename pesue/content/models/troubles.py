from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pesue.foundation import http

REASONS: dict[str, Promise] = {
    **http.REASONS,
    "no feed": _(
        "There is no feed at this address. Give the address of a feed: RSS, Atom or "
        "JSON Feed."
    ),
    "cut feed": _(
        "The feed is very long. We read its {most} first entries, and leave the rest "
        "where they are."
    ),
    "crooked feed": _(
        "The feed has mistakes, so something may be missing. We read what we could."
    ),
    "no picture": _(
        "This is not a picture we know. Choose a JPEG, PNG, WebP, GIF, AVIF or HEIC."
    ),
    "huge picture": _("The picture is too large. Choose one under 50 megapixels."),
    "broken picture": _("The picture is broken off or damaged. Choose another."),
    "full disk": _(
        "There is no room on our disk, so nothing was kept. Tell your administrator, "
        "and try again later."
    ),
    "no video": _("This is not a video we know. Choose an MP4, MOV or WebM."),
    "broken video": _("The video is broken off or damaged. Choose another file."),
    "video codec": _(
        "The video is packed in a way that phones cannot all play. Save it as MP4 "
        "(H.264 and AAC) and try again."
    ),
    "long video": _("The video is too long. Choose one of at most {minutes} minutes."),
    "empty cut": _("Nothing is left between the two moments. Choose others."),
    "large file": _("A file is too large. Choose one under {megabytes} MB."),
}


class Troubled(models.Model):
    """A row that remembers why something went wrong, for readers of any language."""

    reason = models.CharField(max_length=20, blank=True)  # key of REASONS
    about = models.JSONField(default=dict, blank=True)  # fills its sentence

    class Meta:
        abstract = True

    @property
    def why(self) -> str:
        """What went wrong and what to do; empty when all is well."""
        return str(REASONS[self.reason]).format(**self.about) if self.reason else ""
