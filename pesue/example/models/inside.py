"""Channels of Slack and Teams that take a leader's words, and what went there."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.example.models.leaders import Inside
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.foundation.secrets import seal, unseal
from pesue.people.models import Member


class InsideChannel(models.Model):
    """One channel, known by an address that takes posts: whoever knows it may post."""

    class Kind(models.TextChoices):
        SLACK = "slack", _("Slack, or what takes the same")
        TEAMS = "teams", _("Microsoft Teams")

    kind = models.CharField(_("what it is"), max_length=8, choices=Kind)
    name = models.CharField(_("its name, as people know it"), max_length=100)
    sealed = models.TextField(blank=True)  # its address, by foundation.secrets

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def seal(self, address: str) -> str:
        """The address, sealed to this row. The row must have its id."""
        return seal(address, row=f"inside:{self.pk}")

    def opened(self) -> str:
        """Raises CannotUnseal."""
        return unseal(self.sealed, row=f"inside:{self.pk}")


class InsidePost(Stateful):
    """A leader's words sent into a channel, by their own press, once."""

    HELD = Held(
        _("so that what you publish inside is not published twice"),
        timedelta(0),
        "erase",
    )

    class State(models.TextChoices):
        SENDING = "sending", _("on its way")
        OUT = "out", _("is there")
        REFUSED = "refused", _("was not taken")
        UNKNOWN = "unknown", _("may be there")

    MOVES = {
        State.SENDING: frozenset({State.OUT, State.REFUSED, State.UNKNOWN}),
        State.OUT: frozenset[str](),
        State.REFUSED: frozenset({State.SENDING}),
        State.UNKNOWN: frozenset({State.OUT, State.SENDING}),
    }

    inside = models.ForeignKey(Inside, models.CASCADE, related_name="posts")
    member = models.ForeignKey(Member, models.CASCADE, related_name="inside_posts")
    channel = models.ForeignKey(
        InsideChannel, models.SET_NULL, null=True, related_name="posts"
    )
    why = models.CharField(max_length=200, blank=True)  # it was not taken

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inside", "channel"], name="words_go_once_into_a_channel"
            )
        ]
        indexes = [models.Index(fields=["state", "state_since"], name="inside_sending")]

    def __str__(self) -> str:
        return f"{self.inside_id} in {self.channel_id}"
