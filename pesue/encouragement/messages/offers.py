"""What we write of the week's step."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Offer
from pesue.encouragement.rungs import Rung, Why, said
from pesue.foundation.days import midnight
from pesue.reach.actions.line import queue
from pesue.reach.kinds import Kind, declare

STEP = declare(Kind("step", gettext_lazy("The small step of the week")))
ASKED: dict[Rung, str | Promise] = {
    Rung.READ: gettext_lazy("Something to read: %(about)s"),
    Rung.REACT: gettext_lazy("A colleague's words: %(about)s"),
    Rung.COMMENT: gettext_lazy("A colleague's post: %(about)s"),
    Rung.ANSWER: gettext_lazy("One question about %(about)s"),
    Rung.LINE: gettext_lazy("A line of your own about %(about)s"),
    Rung.WRITE: gettext_lazy("A story of your own"),
    Rung.FILM: gettext_lazy("Half a minute of video of your work"),
    Rung.HELP: gettext_lazy("%(about)s has just come: help them begin"),
}


def offered(offer: Offer, *, now: datetime) -> None:
    """Tell of the week's step; once."""
    member, rung = offer.member, Rung(offer.rung)
    after = None if offer.after is None else Rung(offer.after)
    with translation.override(member.language):
        words = [
            said(Why(offer.why), rung, after),
            f"{settings.ADDRESS}{reverse('today')}",
            _("“Nothing this week” and “not this” are good answers, too."),
        ]
        queue(
            STEP,
            f"step:{offer.member_id}:{offer.week}",
            to=member,
            language=member.language,
            subject=str(ASKED[rung]) % {"about": _about(offer)},
            text="\n\n".join(words),
            now=now,
            ends_at=midnight(offer.week + timedelta(days=7)),
        )


def _about(offer: Offer) -> str:
    if offer.item:
        return offer.item.title
    if offer.share:
        return offer.share.member.name
    return offer.colleague.name if offer.colleague else ""
