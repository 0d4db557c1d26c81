"""Colleagues who can be recognised in an example's picture, and what they say."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.example.models.showcase import Showcase
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member


class Pictured(Stateful):
    """One colleague in a picture. It is shown only while all of them agree."""

    HELD = Held(
        _("so that a picture of you is shown only if you agreed"),
        timedelta(0),
        "unname",  # the row stays: without its person the picture is not shown
    )

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("said no")

    MOVES = {
        State.ASKED: frozenset({State.AGREED, State.DECLINED}),
        State.AGREED: frozenset({State.DECLINED}),
        State.DECLINED: frozenset({State.AGREED}),
    }

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="people")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="pictured_in"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["showcase", "member"], name="asked_once_about_a_picture"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.showcase_id}"

    @property
    def agrees(self) -> bool:
        """One who has left says nothing any more."""
        here = self.member is not None and self.member.is_active
        return bool(here and self.state == self.State.AGREED)
