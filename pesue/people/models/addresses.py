from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models.members import Member


class FormerAddress(models.Model):
    """An address that a member had, and that is still to be told that it is so no more.

    The row goes when the mail is in line. Somebody who has left is told if they come
    back.
    """

    HELD = Held(
        _("to tell your former address that it was changed"),
        timedelta(days=30),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"former address {self.pk}"
