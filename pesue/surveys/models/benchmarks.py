"""Figures of one's own survey for other organisations, and theirs for us."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.surveys.models.asked import Survey


class SigningKey(models.Model):
    """What this installation signs its files with, for ever the same.

    The public half is how others know that a newer file takes an older one's place.
    """

    sealed = models.TextField()
    public = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_signing_key", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return self.public


class Exported(models.Model):
    """The file of a survey, made once: noise drawn again would average away.

    It outlives its survey, so that the year's budget stays spent.
    """

    HELD = Held(
        _("to know who let which figures out of the house"), timedelta(0), "unname"
    )

    survey = models.OneToOneField(
        Survey, models.SET_NULL, null=True, related_name="exported"
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    epsilon = models.FloatField(default=0)  # spent; 0 without noise
    text = models.TextField()  # of the file

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"export {self.pk}"


class Neighbour(models.Model):
    """What another organisation told of one questionnaire. Nothing about people."""

    HELD = Held(_("to know who brought which figures"), timedelta(0), "unname")

    public = models.CharField(max_length=64)  # the key it was signed with
    questionnaire = models.CharField(max_length=20)
    made = models.DateTimeField()
    size = models.CharField(max_length=10)
    country = models.CharField(max_length=2)
    figures = models.JSONField()
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["questionnaire", "-made"]
        constraints = [
            models.UniqueConstraint(
                fields=["public", "questionnaire"], name="one_file_of_a_neighbour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} of {self.public[:8]}"
