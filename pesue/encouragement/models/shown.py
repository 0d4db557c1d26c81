"""What is private first, and shown to colleagues only by whom it is about."""

from django.db import models
from django.db.models import Q


class Shown(models.Model):
    """Null until the one it is about lets colleagues see it, and null again after."""

    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None


def on_the_wall(name: str) -> models.Index:
    """What is shown, newest first; rows that are private are not in it."""
    return models.Index(
        fields=["-shown_at", "-id"], name=name, condition=Q(shown_at__isnull=False)
    )
