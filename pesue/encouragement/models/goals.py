"""What a team wants to reach together."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member, Team


class Goal(Stateful):
    """A number that a team and all below it reach together in some days.

    `number` and `people` are what is shown of it, not what is true this minute: they
    are counted anew when five more people have done something.
    """

    HELD = Held(_("to know who set a goal"), timedelta(0), "unname")

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        REACHED = "reached", _("reached")
        OVER = "over", _("ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        State.RUNNING: frozenset({State.REACHED, State.OVER, State.WITHDRAWN}),
        State.REACHED: frozenset[str](),
        State.OVER: frozenset[str](),
        State.WITHDRAWN: frozenset[str](),
    }

    class What(models.TextChoices):
        """Own work and good deeds; what a network answers is never counted."""

        GOOD = "good", _("people who did something good")
        TOLD = "told", _("people who told something")
        LESSONS = "lessons", _("people who finished a lesson")
        STORIES = "stories", _("stories taken into the library")
        ANSWERS = "answers", _("questions of colleagues answered")
        THANKED = "thanked", _("colleagues who were thanked")

    team = models.ForeignKey(  # null: the whole organisation
        Team, models.CASCADE, null=True, blank=True, related_name="goals"
    )
    what = models.CharField(_("what is counted"), max_length=8, choices=What)
    target = models.PositiveIntegerField(_("how many"))
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"))  # that day still counts
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)  # whose acts are in it; 0: hidden
    moved_at = models.DateTimeField(null=True)  # what is shown is of then
    counted_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)  # those who took part, by mail

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_goal_has_days", condition=Q(begins__lte=F("ends"))
            ),
            models.CheckConstraint(
                name="a_goal_is_not_nothing", condition=Q(target__gt=0)
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-ends"], name="goals_of_a_team"),
            models.Index(fields=["state", "counted_at"], name="goals_to_count"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.what}"
