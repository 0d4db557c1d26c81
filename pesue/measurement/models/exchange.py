"""How our trials went, told to other organisations, and theirs to us."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member


class ToldTrials(models.Model):
    """A file of ours, as it was given away."""

    HELD = Held(
        _("to know who let which figures out of the house"), timedelta(0), "unname"
    )

    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"trials told on {self.at}"


class HouseTrials(models.Model):
    """What another organisation told of its trials. Nothing about people."""

    HELD = Held(_("to know who brought which figures"), timedelta(0), "unname")

    public = models.CharField(max_length=64, unique=True)  # the key it was signed with
    made = models.DateTimeField()
    size = models.CharField(max_length=10)
    country = models.CharField(max_length=2)
    findings = models.JSONField()  # as exchange.Finding
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return f"trials of {self.public[:8]}"
