"""Honours: few, unannounced, and for something one did."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models.shown import Shown, on_the_wall
from pesue.foundation.held import Held
from pesue.people.models import Member


class Honour(Shown):
    """One colleague honoured by one who leads, for something concrete."""

    HELD = Held(_("so that you keep the honour you were given"), timedelta(30), "erase")

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("You belong here")
        ESTEEM = "esteem", _("Others look up to this")

    giver = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="honours_given"
    )
    receiver = models.ForeignKey(Member, models.CASCADE, related_name="honours")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    reason = models.CharField(_("what they did, and what it meant"), max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_honour_has_a_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="nobody_honours_oneself", condition=~Q(giver=F("receiver"))
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "-at"], name="honours_of_mine"),
            models.Index(fields=["-at"], name="honours_by_time"),
            on_the_wall("honours_shown"),
        ]

    def __str__(self) -> str:
        return f"honour {self.pk}"

    @property
    def kind_words(self) -> str:
        return str(self.Kind(self.kind).label)
