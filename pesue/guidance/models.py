"""Values, guidelines, topics and concepts: what guides a person who writes."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member


class Value(models.Model):
    """What the organisation stands for."""

    name = models.CharField(_("name"), max_length=80)
    meaning = models.TextField(_("what it means"), max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Behaviour(models.Model):
    """What a value looks like on a Tuesday."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="behaviours")
    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.text


class Topic(models.Model):
    """Something one may speak about, who may, and whom to ask."""

    HELD = Held(_("so that colleagues know whom to ask"), timedelta(0), "erase")
    HELD_IN = {  # by field, where people stand for another reason
        "followers": Held(
            _("to show you more of the topics you follow"), timedelta(0), "erase"
        )
    }

    class Who(models.TextChoices):
        EVERYONE = "everyone", _("everyone may speak")
        CARE = "care", _("everyone, with care")
        OWNERS = "owners", _("the owners of the topic")
        SPOKESPERSONS = "spokespersons", _("named spokespersons")

    name = models.CharField(_("name"), max_length=80)
    about = models.TextField(_("what it covers"), max_length=1000, blank=True)
    who = models.CharField(
        _("who may speak"), max_length=16, choices=Who, default=Who.EVERYONE
    )
    owners = models.ManyToManyField(Member, blank=True, related_name="topics_owned")
    followers = models.ManyToManyField(Member, blank=True, related_name="topics")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


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
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text


class Concept(models.Model):
    """An idea bound to a time and to channels, grown on values."""

    name = models.CharField(_("name"), max_length=80)
    brief = models.TextField(_("brief"), max_length=2000)
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    values = models.ManyToManyField(Value, blank=True, related_name="concepts")
    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))

    class Meta:
        ordering = ["-starts", "pk"]

    def __str__(self) -> str:
        return self.name
