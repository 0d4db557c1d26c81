"""The roll of a vote, and on each line of it a sealed ballot or none."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models.award_rounds import AwardRound
from pesue.foundation.held import Held
from pesue.people.models import Member


class Voter(models.Model):
    """Somebody who may vote, from the moment the roll was made until it is counted.

    Voting fills the line, and voting again fills it anew: there is no way to have two.
    """

    HELD = Held(
        _("so that you can vote once; sealed until all is counted, then destroyed"),
        timedelta(0),
        "erase",
    )

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    box = models.TextField(blank=True)  # empty: has not voted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="on_the_roll_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.round_id}"
