"""A member's account on a network, and our registration at a server."""

import json
from collections.abc import Mapping
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.foundation.secrets import seal, unseal
from pesue.people.models import Member
from pesue.sharing.channels import base


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
    handle = models.CharField(max_length=300, blank=True)  # as people write it
    sealed = models.TextField(blank=True)  # tokens, by foundation.secrets
    expires_at = models.DateTimeField(null=True)  # the tokens end unless renewed
    renewed_at = models.DateTimeField()
    renewing_since = models.DateTimeField(null=True)  # a worker asks for new tokens
    limits = models.JSONField(default=dict)  # as the server states them
    why = models.CharField(max_length=300, blank=True)  # reason for DISCONNECTED

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "channel", "server", "name"], name="connected_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="accounts_ending",
                condition=models.Q(state="connected"),
            ),
            models.Index(
                fields=["state_since"],
                name="accounts_lost",
                condition=models.Q(state="disconnected"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handle} on {self.channel}"

    def seal(self, secret: Mapping[str, str]) -> str:
        """The tokens, sealed to this row. The row must have its id."""
        return seal(json.dumps(dict(secret)), row=f"account:{self.pk}")

    def opened(self) -> base.Account:
        """The account as its channel needs it. Raises CannotUnseal."""
        secret = json.loads(unseal(self.sealed, row=f"account:{self.pk}"))
        return base.Account(self.server, self.name, secret, self.limits)


class Registration(models.Model):
    """How a server knows us: one for each channel and server."""

    channel = models.CharField(max_length=32)
    server = models.CharField(max_length=300, blank=True)  # empty: the whole channel
    sealed = models.TextField()  # client id and secret, or our key
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "server"], name="registered_once"
            )
        ]

    def __str__(self) -> str:
        return f"registration for {self.channel} at {self.server}"

    @property
    def row(self) -> str:
        return f"registration:{self.channel}:{self.server}"

    def opened(self) -> dict[str, str]:
        """What is needed to be known. Raises CannotUnseal."""
        found: dict[str, str] = json.loads(unseal(self.sealed, row=self.row))
        return found
