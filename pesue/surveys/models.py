"""Questions to the members, and how many said what: never who said it.

No answer is kept as a row of its own, only how many gave it, so that nothing can be
joined to the list of those who have answered.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member, Team


class Survey(models.Model):
    """Some questions, open for some days. Results are shown when it has closed."""

    HELD = Held(_("so that a survey has somebody to ask"), timedelta(0), "unname")

    kind = models.CharField(max_length=20)  # which room asks, e.g. "values"
    title = models.CharField(_("title"), max_length=120)
    opens = models.DateField(_("begins"))
    closes = models.DateField(_("ends"))  # the last day to answer
    teams = models.ManyToManyField(Team, blank=True, related_name="surveys")
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_survey_closes_after_it_opens",
                condition=Q(closes__gte=F("opens")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    about = models.CharField(max_length=40, blank=True)  # "value:3", by who asks
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Tally(models.Model):
    """How many of a team chose one answer."""

    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="tallies")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    choice = models.CharField(max_length=12)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # Two, as SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["question", "team", "choice"], name="tallied_once"
            ),
            models.UniqueConstraint(
                fields=["question", "choice"],
                name="tallied_once_without_a_team",
                condition=Q(team__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.choice}: {self.people}"


class Answered(models.Model):
    """That a member has answered. Not what."""

    HELD = Held(_("so that everybody answers once"), timedelta(0), "erase")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answered")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "member"], name="one_answers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.survey_id}"
