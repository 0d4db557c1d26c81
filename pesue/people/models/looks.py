from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models.members import Member
from pesue.people.models.organisation import Team


class Look(models.Model):
    """Somebody looked at a person's data, or took a list of people out."""

    HELD = Held(
        _("so that you can see who has looked at your data"),
        timedelta(days=365),
        "unname",
    )

    class What(models.TextChoices):
        PAGE = "page", _("opened your page")
        EXPORT = "export", _("took out a list with you on it")

    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="looks_taken"
    )
    member = models.ForeignKey(  # null: all of `team`, or of the organisation
        Member, models.SET_NULL, null=True, related_name="looks"
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=8, choices=What)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-at"], name="looks_at_me"),
            models.Index(fields=["-at", "-id"], name="looks_latest"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
