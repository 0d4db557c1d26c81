"""What we write to those who were honoured."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Honour
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

HONOUR = declare(Kind("honour", gettext_lazy("When I am honoured")))


def honoured(honour: Honour, *, now: datetime) -> None:
    """Tell them, and what for; once."""
    receiver, giver = honour.receiver, honour.giver
    if giver is None or not receiver.is_active:
        return
    welcome = honour.kind == Honour.Kind.WELCOME
    with translation.override(receiver.language):
        subject = (
            _("You belong here, says %(name)s")
            if welcome
            else _("%(name)s honours you")
        )
        free = _(
            "Only you and %(name)s know of it. You decide whether colleagues see it."
        ) % {"name": giver.name}
        tell(
            HONOUR,
            f"honour:{honour.pk}",
            to=receiver,
            subject=subject % {"name": giver.name},
            words=[honour.reason, free],
            page=reverse("thanks"),
            now=now,
        )
