"""Shares shown to colleagues as examples, by their authors' consent."""

from datetime import timedelta

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

    def __str__(self) -> str:
        return f"showcase of {self.share_id}"
