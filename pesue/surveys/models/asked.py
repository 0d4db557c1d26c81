"""Questions to the members, and how many said what: never who said it.

While a survey is open each answer lies in a box that no page, person or process can
open; they are counted all at once when it has closed, and then the boxes and their key
are destroyed. Kept are the figures that may be shown, and only these.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member, Team
from pesue.surveys.instruments import texts


class Survey(models.Model):
    """Some questions, open for some days. Results are shown when it was counted."""

    HELD = Held(_("so that a survey has somebody to ask"), timedelta(0), "unname")

    kind = models.CharField(max_length=20)  # "values", or one of INSTRUMENTS
    title = models.CharField(_("title"), max_length=120)
    opens = models.DateField(_("begins"))
    closes = models.DateField(_("ends"))  # the last day to answer
    teams = models.ManyToManyField(Team, blank=True, related_name="surveys")
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What answers are sealed with; the worker makes it, and keeps its secret part.
    key = models.CharField(max_length=200, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    lost = models.BooleanField(default=False)  # its key is gone: nothing was counted
    people = models.PositiveIntegerField(default=0)  # whose answers were counted
    quality = models.JSONField(default=dict, blank=True)  # of its items: quality.py

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

    @property
    def called(self) -> str:
        """In the reader's language, where it is one of ours."""
        return texts(get_language() or "en").get(self.kind, self.title)


class SurveyQuestion(models.Model):
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    about = models.CharField(max_length=40, blank=True)  # "value:3", or an item's key
    scale = models.CharField(max_length=20, default="values")  # of SCALES, or "text"
    text = models.CharField(max_length=300, blank=True)  # empty: the item's own
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or self.about

    def asked(self, language: str) -> str:
        return self.text or texts(language)[self.about]


class Answer(models.Model):
    """What a member said, sealed; a new one takes its place until the survey closes."""

    HELD = Held(
        _("sealed until it is counted with all others, then destroyed"),
        timedelta(0),
        "erase",
    )

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    box = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "member"], name="one_answer_each")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.survey_id}"


class Tally(models.Model):
    """How many of a team chose one answer. Only such as may be shown are kept."""

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


class Remark(models.Model):
    """What somebody said in their own words, in an order of its own."""

    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="remarks")
    words = models.TextField(max_length=1000)

    def __str__(self) -> str:
        return self.words[:60]
