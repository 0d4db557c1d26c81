"""What customers and others wrote or said to us."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.encouragement.models.shown import Shown, on_the_wall
from pesue.foundation.held import Held
from pesue.people.models import Member, Team
from pesue.sharing.models import Share


class Letter(Shown):
    """A letter or a quote, with where it is from; shown to those it concerns.

    Taken away, the row is deleted: it holds the words of somebody who is no member.
    """

    HELD = Held(
        _("so that good words reach those they were meant for"), timedelta(30), "erase"
    )

    words = models.TextField(_("their words"), max_length=2000)
    sender = models.CharField(_("who it is from"), max_length=120)
    came_on = models.DateField(_("when it came"))
    wide = models.BooleanField(  # the sender agreed
        _("all colleagues may read it"), default=False
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="letters_entered"
    )
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    share = models.ForeignKey(
        Share, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    at = models.DateTimeField()
    ends_on = models.DateField(_("shown until"))  # the last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_letter_concerns_somebody",
                condition=Q(member__isnull=False)
                | Q(team__isnull=False)
                | Q(item__isnull=False)
                | Q(share__isnull=False),
            ),
            models.CheckConstraint(
                name="only_letters_for_all_are_shown",
                condition=Q(shown_at__isnull=True) | Q(wide=True),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="letters_ending"),
            on_the_wall("letters_shown"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
