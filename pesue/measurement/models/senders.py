"""Systems that send what happened after a visit, and what was heard from them."""

import secrets
from datetime import timedelta

from django.db import models
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.secrets import hashed
from pesue.people.models import Member


class Sender(models.Model):
    """A shop, a job page or the like that may send counts, with a token of its own."""

    HELD = Held(_("to know who let which system send numbers"), timedelta(0), "unname")

    name = models.CharField(_("name of the system"), max_length=80)
    hash = models.CharField(max_length=64)  # of the token, which nobody keeps
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def new_token(self) -> str:
        """What opens it; only its hash is kept, by whoever saves the row."""
        token = f"{self.pk}-{secrets.token_hex(24)}"
        self.hash = hashed(token)
        return token

    def is_opened_by(self, token: str) -> bool:
        return constant_time_compare(hashed(token), self.hash)


class Heard(models.Model):
    """An outcome that was counted, so that it is not counted again.

    Its key may be the number of an order: only a hash is kept, the day and no hour,
    and all of it for some weeks.
    """

    sender = models.ForeignKey(
        Sender, models.CASCADE, related_name="heard", db_index=False
    )
    mark = models.CharField(max_length=64)  # hash of the key
    said = models.CharField(max_length=64)  # hash of what it was
    call = models.UUIDField()  # in which it came: tells the first of two at once
    on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "mark"], name="heard_once")
        ]

    def __str__(self) -> str:
        return f"heard on {self.on}"
