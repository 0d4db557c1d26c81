from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.guidance.models import Concept
from pesue.people.models import Member

THUMBNAILS = (480, 960)  # widths in pixels


class Picture(models.Model):
    """A picture we re-encoded and keep, with the words that stand for it."""

    HELD = Held(_("to show what you added"), timedelta(days=30), "unname")

    class People(models.TextChoices):
        """Empty: nobody has said."""

        NOBODY = "nobody", _("nobody")
        AGREED = "agreed", _("people who agreed")

    file = models.CharField(max_length=200, db_index=True)  # "<sha256>.jpg" or ".webp"
    alt = models.CharField(_("what the picture shows"), max_length=500, blank=True)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    story = models.ForeignKey(
        "pesue.Story", models.CASCADE, null=True, blank=True, related_name="pictures"
    )
    concept = models.ForeignKey(  # of which it is an example
        Concept, models.CASCADE, null=True, blank=True, related_name="pictures"
    )
    people = models.CharField(
        _("who can be recognised in it"), max_length=8, choices=People, blank=True
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt or self.file

    @cached_property
    def url(self) -> str:
        return reverse("media", args=[self.file])

    def small(self, width: int) -> str:
        """The address of the picture at `width` (480 or 960), never enlarged."""
        if self.width <= width:
            return self.url
        begin, dot, kind = self.url.rpartition(".")
        return f"{begin}-{width}{dot}{kind}"

    @property
    def small_url(self) -> str:
        return self.small(480)

    @property
    def medium_url(self) -> str:
        return self.small(960)

    @property
    def srcset(self) -> str:
        """Both thumbnails, for a browser to choose from."""
        return f"{self.small_url} 480w, {self.medium_url} 960w"
