from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.guidance.models.topics import Topic
from pesue.people.models import Member, Team


class QuietPeriod(models.Model):
    """Days in which some things are not told, or only with care; it always ends."""

    HELD = Held(_("so that colleagues know whom to ask"), timedelta(0), "unname")

    class Kind(models.TextChoices):
        RESULTS = "results", _("before results")
        ELECTION = "election", _("before an election")
        CRISIS = "crisis", _("a crisis")
        OTHER = "other", _("something else")

    class Effect(models.TextChoices):
        FLAG = "flag", _("a word while one writes")
        LOCK = "lock", _("nothing goes out until it ends")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    why = models.TextField(_("why"), max_length=1000, blank=True)
    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))  # the last quiet day
    effect = models.CharField(
        _("what it does"), max_length=4, choices=Effect, default=Effect.FLAG
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="quiet_periods")
    finance = models.BooleanField(
        _("what is marked as finances or outlook"), default=False
    )
    forward = models.BooleanField(_("words that look ahead"), default=False)
    words = models.TextField(  # one on a line
        _("other words to watch"), max_length=2000, blank=True
    )
    teams = models.ManyToManyField(  # empty: everybody
        Team, blank=True, related_name="quiet_periods"
    )
    contact = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="quiet_ends_after_it_begins", condition=Q(ends__gte=F("starts"))
            )
        ]
        indexes = [models.Index(fields=["ends", "starts"], name="quiet_by_days")]

    def __str__(self) -> str:
        return self.name
