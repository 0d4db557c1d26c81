from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.guidance.models.topics import Topic
from pesue.guidance.models.values import Value
from pesue.people.models import Member


class Guideline(models.Model):
    """What to do, when to ask first, and what to do instead of what one should not."""

    HELD = Held(
        _("so that you know who answers for a guideline"), timedelta(0), "unname"
    )

    class Kind(models.TextChoices):
        DO = "do", _("do")
        ASK = "ask", _("ask first")
        INSTEAD = "instead", _("do this instead")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.DO)
    text = models.TextField(_("in one sentence"), max_length=500)
    instead = models.TextField(_("do instead"), max_length=500, blank=True)
    why = models.TextField(_("why"), max_length=1000, blank=True)
    example = models.TextField(_("example"), max_length=1000, blank=True)
    values = models.ManyToManyField(Value, blank=True, related_name="guidelines")
    topics = models.ManyToManyField(Topic, blank=True, related_name="guidelines")
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    quote = models.TextField(blank=True)  # the sentence of an old text it came of
    source = models.CharField(max_length=200, blank=True)  # that text's name
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)  # no longer in force

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text


class Edition(models.Model):
    """What a guideline said from a moment on; the newest is in force."""

    HELD = Held(_("so that a change has an author"), timedelta(0), "unname")

    guideline = models.ForeignKey(Guideline, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()  # from 1
    kind = models.CharField(max_length=8, choices=Guideline.Kind)
    text = models.TextField()
    instead = models.TextField(blank=True)
    why = models.TextField(blank=True)
    example = models.TextField(blank=True)
    gone = models.BooleanField(default=False)  # with it the guideline was taken out
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "number"], name="an_edition_has_one_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.guideline_id}.{self.number}"


class Looked(models.Model):
    """Up to when a member knows the guidelines. Nobody else is told."""

    HELD = Held(_("to show you only what is new to you"), timedelta(0), "erase")

    member = models.OneToOneField(Member, models.CASCADE, related_name="looked")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.at}"
