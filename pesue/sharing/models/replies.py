"""What a member answered to an item's questions, one at a time."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models.shares import Share


class Reply(models.Model):
    """One answer, as it stands as a paragraph in the draft.

    Kept so that one can go back to a question. Once the draft has gone out, only that
    something was answered is kept, not what.
    """

    HELD = Held(
        _("so that you can go back to a question you answered"),
        timedelta(days=30),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="replies")
    share = models.ForeignKey(Share, models.CASCADE, related_name="replies")
    question = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["share", "question"], name="replied_once_in_a_draft"
            )
        ]
        indexes = [models.Index(fields=["member", "at"], name="replies_of_mine")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
