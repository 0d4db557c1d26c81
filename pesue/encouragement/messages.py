"""What we write to people in this room."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pesue.encouragement.models import Impact, Thanks
from pesue.reach.actions.line import queue
from pesue.reach.kinds import Kind, declare

THANKS = declare(Kind("thanks", gettext_lazy("When a colleague thanks me")))
IMPACT = declare(Kind("impact", gettext_lazy("What my words did")))
WORTH_A_MAIL = 5  # people; fewer are told on Today only
NEWS = timedelta(days=7)  # after that it is news no more


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


def brought(impact: Impact, *, now: datetime) -> None:
    """Tell the author what their words did; once a day at most for each post."""
    author = impact.member
    if impact.people < WORTH_A_MAIL or not author.is_active:
        return
    with translation.override(author.language):
        did = ngettext(
            "Your words brought %(people)s person to read",
            "Your words brought %(people)s people to read",
            impact.people,
        ) % {"people": impact.people}
        free = _(
            "That many at least, by our estimate, came by your post about “%(title)s”. "
            "Nothing is asked of you."
        ) % {"title": impact.share.item.title}
        address = f"{settings.ADDRESS}{reverse('share', args=[impact.share_id])}"
        queue(
            IMPACT,
            f"impact:{impact.share_id}:{localdate(now)}",
            to=author,
            language=author.language,
            subject=did,
            text="\n\n".join([free, address]),
            now=now,
            ends_at=now + NEWS,
        )
