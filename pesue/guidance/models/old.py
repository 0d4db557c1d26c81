from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models.guidelines import Guideline
from pesue.guidance.models.topics import Topic
from pesue.guidance.models.values import Value
from pesue.people.models import Member


class OldGuideline(Stateful):
    """A guideline of before, read sentence by sentence, to be made an enabling one."""

    HELD = Held(_("so that a text has somebody to ask"), timedelta(0), "unname")

    class State(models.TextChoices):
        OPEN = "open", _("being gone through")
        DONE = "done", _("gone through")
        DROPPED = "dropped", _("put aside")

    MOVES = {
        State.OPEN: frozenset({State.DONE, State.DROPPED}),
        State.DONE: frozenset({State.OPEN}),
        State.DROPPED: frozenset({State.OPEN}),
    }

    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()  # whole; the sentences' places count its characters
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    # The enabling score; what each is, the reader says.
    score = models.FloatField()  # 0..100
    permissions = models.FloatField()  # share of the rules, 0..1
    readability = models.FloatField()  # LIX
    words = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class OldSentence(models.Model):
    """A sentence of an old guideline: what the reader made of it, and what a person
    does."""

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        TAKEN = "taken", _("taken into the guidelines")
        LEFT = "left", _("left out")

    class Kind(models.TextChoices):
        """What it becomes: a guideline of a kind, or a value."""

        DO = Guideline.Kind.DO.value, Guideline.Kind.DO.label
        ASK = Guideline.Kind.ASK.value, Guideline.Kind.ASK.label
        INSTEAD = Guideline.Kind.INSTEAD.value, Guideline.Kind.INSTEAD.label
        VALUE = "value", _("a value")

    class Wish(models.TextChoices):
        """A wording asked of a language model."""

        NONE = "", ""
        ASKED = "asked", _("a wording is asked of the model")
        MADE = "made", _("worded by a language model")
        FAILED = "failed", _("the model gave nothing of use")

    old = models.ForeignKey(OldGuideline, models.CASCADE, related_name="sentences")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()  # in the old text, in characters
    end = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=2)
    label = models.CharField(max_length=10)  # of the reader
    owners = models.JSONField(default=list)  # names found, as they stand there
    law = models.CharField(max_length=30, blank=True)  # key of the reader's LAWS
    # Proposed at first, then as the person has worded it.
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    words = models.TextField(blank=True)
    instead = models.TextField(blank=True)
    values = models.ManyToManyField(Value, blank=True, related_name="+")
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(
        max_length=8, choices=Decision, default=Decision.OPEN, blank=True
    )
    wish = models.CharField(max_length=8, choices=Wish, default=Wish.NONE, blank=True)
    made = models.ForeignKey(
        Guideline, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "position"], name="a_sentence_has_a_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], name="wordings_asked", condition=models.Q(wish="asked")
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
