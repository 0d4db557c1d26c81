"""What we write about rewards: to whom answers, and to whom asked."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Redemption
from pesue.encouragement.queries.rewards import who_answers
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

ASKED = declare(
    Kind("reward-asked", gettext_lazy("When a colleague asks for a reward"))
)
ANSWERED = declare(
    Kind("reward-answered", gettext_lazy("Answers to what I asked for"), asked_for=True)
)
State = Redemption.State


def asked(redemption: Redemption, *, now: datetime) -> None:
    """Tell those who may answer; once each."""
    for person in who_answers(redemption):
        _ask(redemption, person, now=now)


def _ask(redemption: Redemption, person: Member, *, now: datetime) -> None:
    asker = redemption.member
    if asker is None:
        return
    with translation.override(person.language):
        name = redemption.reward.said(person.language).name
        told = _("%(name)s asks for “%(reward)s”, for %(points)d points.") % {
            "name": asker.name,
            "reward": name,
            "points": redemption.points,
        }
        wish = _("A wish: %(wish)s") % {"wish": redemption.wish}
        tell(
            ASKED,
            f"reward:{redemption.pk}:asked:{person.pk}",
            to=person,
            subject=_("%(name)s asks for a reward") % {"name": asker.name},
            words=[told, wish if redemption.wish else ""],
            page=reverse("redemptions"),
            now=now,
        )


def told(redemption: Redemption, *, now: datetime) -> None:
    """Tell the asker how it stands; once for each state."""
    asker = redemption.member
    if asker is None or not asker.is_active:
        return
    with translation.override(asker.language):
        name = redemption.reward.said(asker.language).name
        subject, words = {
            State.APPROVED: (
                _("Yes: %(reward)s"),
                _("It is on its way. Nothing more is needed of you."),
            ),
            State.GIVEN: (_("Yours: %(reward)s"), _("It was noted as given today.")),
            State.DECLINED: (
                _("Not this time: %(reward)s"),
                _("Your points are back, all of them."),
            ),
            State.RETURNED: (
                _("Taken back: %(reward)s"),
                _("Your points are back, all of them."),
            ),
        }[State(redemption.state)]
        answer = _("“%(words)s”") % {"words": redemption.answer}
        tell(
            ANSWERED,
            f"reward:{redemption.pk}:{redemption.state}",
            to=asker,
            subject=subject % {"reward": name},
            words=[words, answer if redemption.answer else ""],
            page=reverse("rewards"),
            now=now,
        )
