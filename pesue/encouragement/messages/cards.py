"""What a month's card says, and the mail that brings it."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pesue.encouragement.card import Lettering
from pesue.encouragement.models import Card
from pesue.encouragement.months import in_month
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

CARD = declare(Kind("card", gettext_lazy("Once a month: a card of what my words did")))
NEWS = timedelta(days=14)  # after that it is news no more


def did(card: Card) -> str:
    """What the number is of, in the language of now."""
    return ngettext("person read your words", "people read your words", card.people)


def about(card: Card) -> str:
    """What most of them read about; "" where that is gone."""
    if card.item is None:
        return ""
    if card.of_item == card.people:
        return _("about “%(title)s”") % {"title": card.item.title}
    return ngettext(
        "%(people)s of them about “%(title)s”",
        "%(people)s of them about “%(title)s”",
        card.of_item,
    ) % {"people": card.of_item, "title": card.item.title}


def lettering(card: Card, organisation: str) -> Lettering:
    """All that stands on the picture, in the language of now."""
    return Lettering(
        month=in_month(card.month),
        year=str(card.month.year),
        number=str(card.people),
        did=did(card),
        about=about(card),
        source=_("Estimated by your links: one browser on one day is one person."),
        organisation=organisation,
    )


def made(card: Card, *, now: datetime) -> None:
    """Say that the card is there; once."""
    member = card.member
    if not member.is_active:
        return
    with translation.override(member.language):
        told = f"{in_month(card.month)} {card.people} {did(card)}"
        free = _(
            "It is yours to keep. Nobody else sees it, and nothing is asked of you."
        )
        tell(
            CARD,
            f"card:{member.pk}:{card.month}",
            to=member,
            subject=told,
            words=[f"{told}.", about(card), free],
            page=reverse("card", args=[card.pk]),
            now=now,
            ends_at=now + NEWS,
        )
