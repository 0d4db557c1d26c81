"""The one small step that a member is offered in a week."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models import Share


class Offer(models.Model):
    """A step of the ladder, offered to one member for one week; theirs alone."""

    HELD = Held(
        _("so that the next step fits what you did and have time for"),
        timedelta(0),
        "erase",
    )

    class Answered(models.TextChoices):
        NONE = "none", _("no answer")
        DONE = "done", _("done")
        NOT_THIS = "not_this", _("not this")
        NOTHING = "nothing", _("nothing this week")

    member = models.ForeignKey(Member, models.CASCADE, related_name="offers")
    week = models.DateField()  # its Monday
    rung = models.PositiveSmallIntegerField()  # of ladder.Rung
    why = models.CharField(max_length=8)  # of ladder.Why
    after = models.PositiveSmallIntegerField(null=True)  # the rung last done
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    share = models.ForeignKey(  # a colleague's post
        Share, models.SET_NULL, null=True, related_name="+"
    )
    colleague = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answered = models.CharField(max_length=8, choices=Answered, default=Answered.NONE)
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # whether to write about it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="one_step_a_week"),
            models.CheckConstraint(
                name="an_answer_has_its_time",
                condition=Q(answered="none") | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["week", "id"],
                name="steps_to_write_of",
                condition=Q(looked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.rung} of {self.week}"
