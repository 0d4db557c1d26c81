"""What we write to those who were thanked."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Thanks
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

THANKS = declare(Kind("thanks", gettext_lazy("When a colleague thanks me")))


def thanked(thanks: Thanks, *, now: datetime) -> None:
    """Tell the receiver that they were thanked; once."""
    receiver, giver = thanks.receiver, thanks.giver
    if giver is None or not receiver.is_active:
        return
    with translation.override(receiver.language):
        words = _("“%(words)s”") % {"words": thanks.words} if thanks.words else ""
        free = _("Only the two of you see this, until you show it to colleagues.")
        tell(
            THANKS,
            f"thanks:{thanks.pk}",
            to=receiver,
            subject=_("%(name)s thanks you") % {"name": giver.name},
            words=[_about(thanks), words, free],
            page=reverse("thanks"),
            now=now,
        )


def _about(thanks: Thanks) -> str:
    if thanks.share is None:
        return _("For: %(what)s") % {"what": thanks.what}
    return _("Your post about “%(title)s” was worth a thank-you.") % {
        "title": thanks.share.item.title
    }
