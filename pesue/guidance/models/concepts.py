from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.guidance.models.values import Value
from pesue.people.models import Member


class Concept(models.Model):
    """An idea bound to a time and to channels, grown on values."""

    HELD = Held(_("so that colleagues know who leads it"), timedelta(0), "erase")

    name = models.CharField(_("name"), max_length=80)
    brief = models.TextField(_("brief"), max_length=2000)
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    values = models.ManyToManyField(Value, blank=True, related_name="concepts")
    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))
    channels = models.JSONField(default=list, blank=True)  # keys of channels
    leads = models.ManyToManyField(Member, blank=True, related_name="concepts_led")
    pattern = models.CharField(max_length=30, blank=True)  # what it was begun from
    sheet = models.TextField(_("sheet"), max_length=10_000, blank=True)  # Markdown
    learned = models.TextField(_("what we learned"), max_length=2000, blank=True)
    public = models.BooleanField(_("anyone on the web may see its page"), default=False)
    was_public = models.BooleanField(default=False)  # its page is gone, not unknown

    class Meta:
        ordering = ["-starts", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """Of its page for everybody: the number leads there, whatever the name."""
        return f"{slugify(self.name)[:60].strip('-') or 'concept'}-{self.pk}"


class Prompt(models.Model):
    """A question or a task that gets one telling, within a concept."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="prompts")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
