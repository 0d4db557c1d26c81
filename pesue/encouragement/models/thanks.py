"""Thanks from one colleague to another."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.encouragement.models.shown import Shown, on_the_wall
from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models import Share


class Thanks(Shown):
    """One colleague thanking another: for a share in one tap, or in words.

    Between the two of them, until the receiver shows it. Nothing is earned by it.
    """

    HELD = Held(_("so that thanks are not lost"), timedelta(days=365), "erase")

    giver = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="thanks_given"
    )
    receiver = models.ForeignKey(Member, models.CASCADE, related_name="thanks")
    share = models.ForeignKey(
        Share, models.CASCADE, null=True, blank=True, related_name="thanks"
    )
    item = models.ForeignKey(  # a story is meant by the item made of it
        Item, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    what = models.CharField(_("for what"), max_length=150, blank=True)
    words = models.CharField(_("what it did"), max_length=300, blank=True)
    proposes = models.BooleanField(default=False)  # an honour: leads may read it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giver", "share"], name="thanked_once"),
            models.CheckConstraint(
                name="thanks_are_for_something",
                condition=Q(share__isnull=False) | ~Q(what=""),
            ),
            models.CheckConstraint(
                name="nobody_thanks_oneself", condition=~Q(giver=F("receiver"))
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "-at"], name="thanks_of_mine"),
            models.Index(fields=["giver", "-at"], name="thanks_i_gave"),
            models.Index(
                fields=["-at"], name="thanks_proposing", condition=Q(proposes=True)
            ),
            on_the_wall("thanks_shown"),
        ]

    def __str__(self) -> str:
        return f"thanks {self.pk}"

    @property
    def about(self) -> str:
        """What the thanks are for: the giver's words, or what the post was about."""
        return self.what or (self.share.item.title if self.share else "")
