"""Colleagues whom others learn from, and four weeks of two together."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.example.models.consented import Consented
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Topic
from pesue.people.models import Member


class RoleModel(Consented):
    """In what a colleague shows how: by their own offer, or asked by another's word.

    Nobody counts or ranks them; without their yes nobody but they see the row.
    """

    HELD = Held(
        _("so that colleagues find whom they can learn from, if you agreed"),
        timedelta(0),
        "erase",
    )

    class Form(models.TextChoices):
        WRITE = "write", _("writing")
        FILM = "film", _("filming")
        ANSWER = "answer", _("answering questions")
        BEGIN = "begin", _("beginning at all")

    member = models.ForeignKey(Member, models.CASCADE, related_name="shows_how")
    form = models.CharField(_("in what"), max_length=8, choices=Form)
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="role_models",
        verbose_name=_("topic"),
    )
    learned = models.CharField(_("what one can learn"), max_length=200, blank=True)
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "form"], name="a_role_model_once_a_form"
            )
        ]
        indexes = [models.Index(fields=["state", "form"], name="role_models_shown")]

    def __str__(self) -> str:
        return f"{self.member_id} shows {self.form}"


class Pair(Stateful):
    """A beginner and somebody who shows how, for four weeks. Both said yes."""

    HELD = Held(_("to keep the two of you together"), timedelta(0), "unname")

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        GOING = "going", _("under way")
        DONE = "done", _("four weeks are over")
        ENDED = "ended", _("has ended")  # by either; nobody is told by whom, or why

    MOVES = {
        State.ASKED: frozenset({State.GOING, State.ENDED}),
        State.GOING: frozenset({State.DONE, State.ENDED}),
        State.DONE: frozenset[str](),
        State.ENDED: frozenset[str](),
    }

    beginner = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="pairs"
    )
    guide = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="guided")
    asked_at = models.DateTimeField()
    ends = models.DateField(null=True, blank=True)  # the last day, once under way

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["beginner"],
                name="one_guide_at_a_time",
                condition=Q(state__in=["asked", "going"]),
            ),
            models.CheckConstraint(
                name="nobody_guides_oneself", condition=~Q(beginner=F("guide"))
            ),
        ]
        indexes = [models.Index(fields=["guide", "state"], name="pairs_of_guide")]

    def __str__(self) -> str:
        return f"{self.beginner_id} with {self.guide_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.ASKED, self.State.GOING)


class PairTask(models.Model):
    """One of the small tasks that the two have done."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=10)  # of pairing.TASKS
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "key"], name="a_task_is_done_once")
        ]

    def __str__(self) -> str:
        return self.key
