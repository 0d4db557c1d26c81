"""What one said aloud, to be written up."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models.shares import Share


class Voice(models.Model):
    """A voice note beside a draft: only its owner hears it, and only for a while; a
    leader may hand one on with the draft (room `example`).

    Nothing is read out of it. It goes with the draft, when that has gone out, and
    after 30 days in any case.
    """

    HELD = Held(_("so that you can write up what you said"), timedelta(days=0), "erase")

    member = models.ForeignKey(Member, models.CASCADE, related_name="voices")
    share = models.ForeignKey(
        Share, models.CASCADE, null=True, blank=True, related_name="voices"
    )
    story = models.ForeignKey(
        Story, models.CASCADE, null=True, blank=True, related_name="voices"
    )
    file = models.CharField(max_length=48, unique=True)  # under DATA/voices
    size = models.PositiveIntegerField()  # bytes
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_voice_is_of_one_draft",
                condition=Q(share__isnull=True) ^ Q(story__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"
