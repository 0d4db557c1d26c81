"""A month of what one's words did, to keep."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.foundation.held import Held
from pesue.people.models import Member


class Card(models.Model):
    """How many people read a member's words in one month. Never anybody else's."""

    HELD = Held(
        _("so that you can keep what your words did in a month"),
        timedelta(days=30),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="cards")
    month = models.DateField()  # its first day
    people = models.PositiveIntegerField()  # estimated, over all of the member's posts
    item = models.ForeignKey(  # what most of them read about
        Item, models.SET_NULL, null=True, related_name="+"
    )
    of_item = models.PositiveIntegerField()  # of `people`
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "month"], name="a_card_a_month")
        ]

    def __str__(self) -> str:
        return f"card {self.pk} of {self.month}"
