"""Shares shown to colleagues as examples, by their authors' consent."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member
from pesue.sharing.models import Share


class Showcase(Stateful):
    """One share that somebody found good; shown only when its author said yes."""

    HELD = Held(
        _("to show your post as an example, if you agreed"), timedelta(0), "erase"
    )

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for the author")
        AGREED = "agreed", _("shown")
        DECLINED = "declined", _("not shown")
        ENDED = "ended", _("no longer shown")

    MOVES = {
        State.ASKED: frozenset({State.AGREED, State.DECLINED}),
        State.AGREED: frozenset({State.ENDED}),
        State.DECLINED: frozenset({State.AGREED}),
        State.ENDED: frozenset({State.AGREED}),
    }

    share = models.OneToOneField(Share, models.CASCADE, related_name="showcase")
    author = models.ForeignKey(Member, models.CASCADE, related_name="showcases")
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    good = models.CharField(_("what makes it good"), max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-state_since"], name="showcase_newest"),
            models.Index(fields=["author", "state"], name="showcase_of_author"),
        ]

    def __str__(self) -> str:
        return f"showcase of {self.share_id}"


class Seen(models.Model):
    """The example a member was last shown: the same all day, its author not again
    on the next."""

    HELD = Held(
        _("so that you see a different colleague's post each day"),
        timedelta(0),
        "erase",
    )

    member = models.OneToOneField(Member, models.CASCADE, related_name="example_seen")
    day = models.DateField()
    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="+")
    before = models.ForeignKey(  # the author of the day before, if there was one
        Member, models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.showcase_id} on {self.day}"

    def resting(self, day: date) -> int | None:
        """The id of the author who is not to be shown on `day`."""
        if self.day == day:
            return self.before_id
        yesterday = self.day == day - timedelta(days=1)
        return self.showcase.author_id if yesterday else None
