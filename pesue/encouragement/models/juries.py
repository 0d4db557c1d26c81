"""The jury of a round: who is asked to score, who keeps out, and what they said."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models.award_rounds import AwardNominee, AwardRound
from pesue.foundation.held import Held
from pesue.people.models import Member


class Juror(models.Model):
    HELD = Held(_("so that you can score for an award"), timedelta(days=30), "erase")

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="jurors")
    member = models.ForeignKey(Member, models.CASCADE, related_name="juries")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="a_juror_once")
        ]

    def __str__(self) -> str:
        return f"juror {self.pk}"


class Conflict(models.Model):
    """A juror's own word that they are too near to a nominee to score."""

    HELD = Held(
        _("so that nobody scores those they are near to"), timedelta(days=30), "erase"
    )

    nominee = models.ForeignKey(AwardNominee, models.CASCADE, related_name="conflicts")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "member"], name="a_conflict_is_declared_once"
            )
        ]

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class Judgement(models.Model):
    """What one juror thinks of one nominee, from 1 to 5 by criterion, and in words."""

    HELD = Held(_("so that an award can be decided"), timedelta(days=30), "erase")

    nominee = models.ForeignKey(AwardNominee, models.CASCADE, related_name="judgements")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")  # the juror
    points = models.JSONField(default=dict)  # {criterion: 1 to 5}
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "member"], name="judged_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}"

    @property
    def mean(self) -> float:
        return float(sum(self.points.values())) / len(self.points)
