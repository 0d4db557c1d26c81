"""What other organisations did, as somebody here wrote it down with its source."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member


class Case(models.Model):
    """A case that the organisation added to those that come with Pesue."""

    HELD = Held(_("to know who brought a case in"), timedelta(days=30), "unname")

    name = models.CharField(_("who"), max_length=100)
    happened = models.TextField(_("what they did"), max_length=1500)
    source = models.CharField(_("where it can be read"), max_length=500)
    teaches = models.CharField(_("what it teaches us"), max_length=300)
    pattern = models.CharField(max_length=12, blank=True)  # of guidance.patterns
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
