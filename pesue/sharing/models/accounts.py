"""A member's account on a network, and our registration at a server."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member


class Account(Stateful):
    """A member's account on a network that we may post to for them."""

    HELD = Held(_("to post to your account when you ask us to"), timedelta(0), "erase")

    class State(models.TextChoices):
        CONNECTED = "connected", _("connected")
        DISCONNECTED = "disconnected", _("disconnected")

    MOVES = {
        State.CONNECTED: frozenset({State.DISCONNECTED}),
        State.DISCONNECTED: frozenset({State.CONNECTED}),
    }

    member = models.ForeignKey(Member, models.CASCADE, related_name="accounts")
    channel = models.CharField(max_length=32)
    server = models.URLField(max_length=300)
    name = models.CharField(max_length=200)  # the network's own id for the member
    handle = models.CharField(max_length=200, blank=True)  # as people write it
    sealed = models.TextField(blank=True)  # tokens, by foundation.secrets
    expires_at = models.DateTimeField(null=True)
    limits = models.JSONField(default=dict)  # as the server states them

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "channel", "server", "name"], name="connected_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handle} on {self.channel}"
