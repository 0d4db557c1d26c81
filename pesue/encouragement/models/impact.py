"""What one's words did."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models import Share


class Impact(models.Model):
    """How many people a member's words brought to read, said once per step."""

    HELD = Held(_("to tell you what your words did"), timedelta(days=30), "erase")

    member = models.ForeignKey(Member, models.CASCADE, related_name="impacts")
    share = models.ForeignKey(Share, models.CASCADE, related_name="impacts")
    people = models.PositiveIntegerField()  # the step reached: 1, 5, 12, 25, ...
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "people"], name="told_once")
        ]
        indexes = [models.Index(fields=["member", "-at"], name="impacts_of_mine")]

    def __str__(self) -> str:
        return f"{self.people} people by {self.share}"
