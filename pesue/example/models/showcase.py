"""What is shown to colleagues as an example, by its author's consent."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item, Picture, Story
from pesue.example.models.consented import Consented
from pesue.foundation.held import Held
from pesue.guidance.models import Value
from pesue.people.models import Member
from pesue.sharing.models import Share


class Showcase(Consented):
    """One post or story that somebody found good; shown only if its author said yes."""

    HELD = Held(
        _("to show your post or story as an example, if you agreed"),
        timedelta(0),
        "erase",
    )

    share = models.OneToOneField(
        Share, models.CASCADE, null=True, blank=True, related_name="showcase"
    )
    story = models.OneToOneField(
        Story, models.CASCADE, null=True, blank=True, related_name="showcase"
    )
    author = models.ForeignKey(Member, models.CASCADE, related_name="showcases")
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    good = models.CharField(_("what makes it good"), max_length=200, blank=True)
    value = models.ForeignKey(  # that it shows
        Value, models.SET_NULL, null=True, blank=True, related_name="showcases"
    )
    until = models.DateField(_("shown until"), null=True, blank=True)  # the last day
    pictured = models.BooleanField(_("with its picture"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_example_is_a_post_or_a_story",
                condition=Q(share__isnull=False, story__isnull=True)
                | Q(share__isnull=True, story__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["state", "-state_since"], name="showcase_newest"),
            models.Index(fields=["author", "state"], name="showcase_of_author"),
        ]

    def __str__(self) -> str:
        return f"showcase {self.pk}"

    @property
    def told(self) -> Share | Story:
        """What is shown: it has a text, a language and an author."""
        told = self.share or self.story
        assert told is not None  # the table sees to it
        return told

    @property
    def title(self) -> str:
        return self.share.item.title if self.share else self.told_story.title

    @property
    def told_story(self) -> Story:
        assert self.story is not None
        return self.story

    @property
    def item(self) -> Item | None:
        """The card it was told of, or that it became."""
        return self.share.item if self.share else self.told_story.item

    @property
    def url(self) -> str:
        """Where it can be read whole; empty where it is nowhere."""
        if self.share:
            return self.share.url
        story = self.told_story
        return reverse("story-public", args=[story.slug]) if story.is_on_the_web else ""

    @property
    def own_picture(self) -> Picture | None:
        if self.share:
            return self.share.item.picture
        return next(iter(self.told_story.pictures.all()), None)

    @property
    def picture(self) -> Picture | None:
        """The picture, while the author and all who are in it want it shown."""
        agreed = all(one.agrees for one in self.people.all())
        return self.own_picture if self.pictured and agreed else None
