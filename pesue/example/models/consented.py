"""What is shown to colleagues only with somebody's yes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.moves import Stateful


class Consented(Stateful):
    """A no, or an end, may become a yes at any time; never without them."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        AGREED = "agreed", _("shown to colleagues")
        DECLINED = "declined", _("said no")
        ENDED = "ended", _("no longer shown")

    MOVES = {
        State.ASKED: frozenset({State.AGREED, State.DECLINED}),
        State.AGREED: frozenset({State.ENDED}),
        State.DECLINED: frozenset({State.AGREED}),
        State.ENDED: frozenset({State.AGREED}),
    }

    class Meta:
        abstract = True
