"""What moves people: a profile nobody else opens, and what is told of communities.

A profile names no member. Its handle is a keyed hash of the member, its content is
sealed, and both keys lie outside the database: a copy of the database alone says of
nobody what moves them, nor that they said it.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.secrets import handles
from pesue.people.models import Team
from pesue.trials.models import Trial


class Profile(models.Model):
    """What one member said moves them. No key to the member, no time, no number:
    each of these would tell whose it is."""

    HELD = Held(
        _("so that you can see what moves you; nobody else opens it"),
        timedelta(0),
        "erase",
    )

    handle = models.CharField(max_length=64, primary_key=True)
    sealed = models.TextField()  # actions.motives: the answers, by the keys of items

    def __str__(self) -> str:
        return "a profile"

    @property
    def row(self) -> str:
        """What the sealed answers are bound to."""
        return f"profile:{self.handle}"

    @staticmethod
    def of(member: Any) -> Q:
        """Picks the member's own rows; `member` is a Member or its number."""
        return Q(handle__in=handles(f"profile:{getattr(member, 'pk', member)}"))


class MotiveShare(models.Model):
    """What moves a team and all below it, as last released: numbers of profiles."""

    team = models.OneToOneField(  # null: the whole house
        Team, models.CASCADE, null=True, related_name="motive_share"
    )
    on = models.DateField()  # the day of release
    # False: too few now. The row stays, as the next release is held against it.
    shown = models.BooleanField(default=True)
    money = models.PositiveIntegerField()
    recognition = models.PositiveIntegerField()
    meaning = models.PositiveIntegerField()
    even = models.PositiveIntegerField()  # none of them stands out
    quality = models.JSONField(default=dict, blank=True)  # of the whole; quality_of

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on"], name="one_motive_share_of_all", condition=Q(team=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.team or 'all'}: {self.people}"

    @property
    def people(self) -> int:
        return self.money + self.recognition + self.meaning + self.even


class GivenShare(models.Model):
    """How much of one kind a team and all below it were given in a month."""

    team = models.ForeignKey(  # null: the whole house
        Team, models.CASCADE, null=True, related_name="given_shares"
    )
    month = models.DateField()  # its first day
    kind = models.CharField(max_length=8)  # of given.KINDS
    per_hundred = models.PositiveIntegerField()  # acts per 100 people

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "team"], name="given_told_once"
            ),
            models.UniqueConstraint(
                fields=["month", "kind"],
                name="given_told_once_of_all",
                condition=Q(team=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.month}: {self.per_hundred}"


class Prediction(models.Model):
    """Whether what people say moves them foretold what a trial of the mix did.

    Worked out once, when the trial is over. Numbers alone, and none of fewer than 30
    people in an arm.
    """

    trial = models.OneToOneField(
        Trial, models.CASCADE, related_name="motive_prediction"
    )
    at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)  # with a profile, in the trial
    p = models.FloatField(null=True)  # of the joint test; null: too few
    foretold = models.BooleanField(default=False)
    effects = models.JSONField(default=dict, blank=True)  # by motive

    def __str__(self) -> str:
        return f"prediction in {self.trial_id}"
