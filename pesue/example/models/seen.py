"""Who was shown whose example; and, without anybody's name, what followed."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.example.models.showcase import Showcase
from pesue.foundation.held import Held
from pesue.people.models import Member


class Tie(models.TextChoices):
    """How near an example's author is to its reader."""

    NEAR = "near", _("somebody of the same team")
    LEADER = "leader", _("a leader")
    FAR = "far", _("somebody of another team")


class Seen(models.Model):
    """The example a member was shown on a day: the same all day, then others."""

    HELD = Held(
        _("so that you see a different colleague's post each day"),
        timedelta(0),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="examples_seen")
    day = models.DateField(db_index=True)
    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="+")
    tie = models.CharField(max_length=8, choices=Tie)  # as it was that day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "day"], name="an_example_a_day_for_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.showcase_id} on {self.day}"


class Followed(models.Model):
    """Of those who saw an example in a month, how many told something in two weeks.

    What was seen happened; that it followed is no proof of why. Nobody is named.
    """

    month = models.DateField()  # its first day
    tie = models.CharField(max_length=8, choices=Tie)
    saw = models.PositiveIntegerField()  # people
    told = models.PositiveIntegerField()  # people of those
    began = models.PositiveIntegerField()  # people of those, for the first time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "tie"], name="a_month_is_counted_once_a_tie"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tie} in {self.month}"
