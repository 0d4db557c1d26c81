"""What we write to people in this room."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Thanks
from pesue.reach.actions.line import queue
from pesue.reach.kinds import Kind, declare

THANKS = declare(Kind("thanks", gettext_lazy("When a colleague thanks me")))


def thanked(thanks: Thanks, *, now: datetime) -> None:
    """Tell the receiver that they were thanked; once."""
    receiver, giver = thanks.receiver, thanks.giver
    if giver is None or not receiver.is_active:
        return
    with translation.override(receiver.language):
        title = thanks.share.item.title
        about = _("Your post about “%(title)s” was worth a thank-you.") % {
            "title": title
        }
        words = f"“{thanks.words}”" if thanks.words else ""
        address = f"{settings.ADDRESS}{reverse('today')}"
        queue(
            THANKS,
            f"thanks:{thanks.pk}",
            to=receiver,
            language=receiver.language,
            subject=_("%(name)s thanks you") % {"name": giver.name},
            text="\n\n".join(filter(None, [about, words, address])),
            now=now,
        )
