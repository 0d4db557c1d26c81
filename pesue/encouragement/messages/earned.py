"""What we write to those whose own work earned something."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.amounts import in_words
from pesue.encouragement.models import Transfer
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

EARNED = declare(Kind("earned", gettext_lazy("When my own work brought me something")))
NEWS = timedelta(days=14)  # after that one has long seen it


def earned(transfer: Transfer, member: Member, *, now: datetime) -> None:
    """Tell a member what their work brought; once for each piece of it."""
    if not member.is_active:
        return
    with translation.override(member.language):
        brought = in_words(transfer.amount, transfer.unit)
        text = _("%(work)s: that was worth %(amount)s. Thank you for doing it.") % {
            "work": transfer.reason,
            "amount": brought,
        }
        tell(
            EARNED,
            f"earned:{transfer.pk}",
            to=member,
            subject=_("Your work brought you %(amount)s") % {"amount": brought},
            words=[text],
            page=reverse("encouragement"),
            now=now,
            ends_at=now + NEWS,
        )


def taken_back() -> str:
    """The reason of a transfer back, as the statement shows it."""
    return _("Taken back, as it was withdrawn")
