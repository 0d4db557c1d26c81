"""What we write to people, waiting to be sent."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member


class Message(Stateful):
    """One mail. `once` names the reason for it: there is at most one for each.

    What it says is not kept once it has been sent, or cannot be.
    """

    HELD = Held(
        _("to write to you at most once about one thing"), timedelta(0), "erase"
    )

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("on its way")  # a worker holds it
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        UNKNOWN = "unknown", _("not certain")  # the worker died while sending
        DROPPED = "dropped", _("no longer wanted")

    MOVES = {
        State.WAITING: frozenset({State.SENDING, State.DROPPED}),
        State.SENDING: frozenset(
            {State.SENT, State.WAITING, State.FAILED, State.UNKNOWN}
        ),
        State.SENT: frozenset[str](),
        State.FAILED: frozenset[str](),
        State.UNKNOWN: frozenset[str](),
        State.DROPPED: frozenset[str](),
    }

    member = models.ForeignKey(  # null: somebody who is not a member yet
        Member, models.CASCADE, null=True, related_name="messages"
    )
    to = models.EmailField(db_index=True)
    kind = models.CharField(max_length=24)  # key of messages.KINDS
    once = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()
    not_before = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # of no use after that
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)  # the last attempt failed

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="messages_due",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["state", "state_since"], name="messages_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Unsubscription(models.Model):
    """A kind of mail that a member does not want."""

    HELD = Held(_("so that we do not write to you"), timedelta(days=30), "erase")

    member = models.ForeignKey(Member, models.CASCADE, related_name="unsubscriptions")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="unsubscribed_once")
        ]

    def __str__(self) -> str:
        return f"no {self.kind}"
