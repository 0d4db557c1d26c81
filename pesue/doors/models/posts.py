"""What other servers were told, and what is on its way to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.doors.models.actors import Actor, Inbox
from pesue.foundation.moves import Stateful


class Post(models.Model):
    """A story as one of ours told it: first as a note, then as an echo of the note.

    The row outlives the story, so that servers can be told that it is gone.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="posts")
    story = models.ForeignKey(Story, models.SET_NULL, null=True, related_name="posts")
    note = models.ForeignKey(  # empty: it is the note itself
        "self", models.CASCADE, null=True, related_name="echoes"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "story"],
                name="told_once_by_each",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["story"],
                name="one_note_of_a_story",
                condition=Q(withdrawn_at__isnull=True, note__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-at", "-id"], name="posts_of_an_actor")
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @property
    def id_(self) -> str:
        """The address by which other servers know it."""
        return f"{self.actor.id_}/{self.pk}"


class Activity(models.Model):
    """Something one of ours does, in the words in which it is sent."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="activities")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="activities")
    body = models.TextField()  # JSON
    at = models.DateTimeField()
    over = models.BooleanField(default=False)  # taken back: not sent any more

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"activity {self.pk}"


class Delivery(Stateful):
    """An activity on its way to one inbox. The row goes when it has arrived.

    A repeat is safe: whoever had it already knows it by its id.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")  # a worker holds it

    MOVES = {
        State.WAITING: frozenset({State.SENDING}),
        State.SENDING: frozenset({State.WAITING}),
    }

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="deliveries", db_index=False
    )
    inbox = models.ForeignKey(Inbox, models.CASCADE, related_name="deliveries")
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "inbox"], name="delivered_once_to_each"
            )
        ]
        indexes = [
            models.Index(fields=["state", "not_before", "id"], name="deliveries_due"),
            models.Index(fields=["state", "state_since"], name="deliveries_held"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
