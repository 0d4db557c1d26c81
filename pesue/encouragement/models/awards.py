"""An award: what it is given for, to whom it may go, and how it is decided."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.guidance.models import Value
from pesue.people.models import Member, Team


class Award(models.Model):
    """A series: each time it is given is a round of it.

    People nominate, score and vote; no number of shares or visits is read by it.
    """

    HELD = Held(_("so that an award has somebody to ask"), timedelta(0), "unname")

    class Rhythm(models.TextChoices):
        MONTH = "month", _("every month")
        YEAR = "year", _("every year")
        ONCE = "once", _("once")

    class Way(models.TextChoices):
        BOTH = "both", _("a jury and a vote of colleagues")
        JURY = "jury", _("a jury alone")
        VOTE = "vote", _("a vote of colleagues alone")

    class Tie(models.TextChoices):
        JURY = "jury", _("the jury's order decides; where that is level, it is shared")
        VOTE = "vote", _("the votes decide; where they are level, it is shared")
        SHARED = "shared", _("it is shared")

    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("what it is given for"), max_length=500)
    rhythm = models.CharField(
        _("how often"), max_length=6, choices=Rhythm, default=Rhythm.MONTH
    )
    team = models.ForeignKey(  # and all below it; none: everybody
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for whom"),
    )
    way = models.CharField(
        _("who decides"), max_length=5, choices=Way, default=Way.BOTH
    )
    jury_weight = models.PositiveSmallIntegerField(  # per cent, where both decide
        _("the jury's part in per cent"),
        default=50,
        validators=[MaxValueValidator(100)],
    )
    tie = models.CharField(
        _("where two are level"), max_length=6, choices=Tie, default=Tie.JURY
    )
    months_here = models.PositiveSmallIntegerField(
        _("months in the house, at least"), default=3
    )
    months_between = models.PositiveSmallIntegerField(
        _("months since they won it last, at least"), default=12
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_jury(self) -> bool:
        return self.way != self.Way.VOTE

    @property
    def has_vote(self) -> bool:
        return self.way != self.Way.JURY

    @property
    def weight(self) -> int:
        """The jury's part of the decision, in per cent."""
        only = {self.Way.JURY: 100, self.Way.VOTE: 0}
        return only.get(self.Way(self.way), self.jury_weight)


class AwardCategory(models.Model):
    """What one of an award's winners is honoured for: one of a gala's many."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=80)
    what = models.CharField(_("for what"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class AwardCriterion(models.Model):
    """What jurors score from 1 to 5: most often one of the house's values."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="criteria")
    value = models.ForeignKey(
        Value, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.CharField(_("what is looked at"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.words
