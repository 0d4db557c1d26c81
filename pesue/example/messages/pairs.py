"""What we write to those who could show how, and to the two of a pair."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.example.models import Pair, RoleModel
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

PAIRING = declare(
    Kind("pairing", gettext_lazy("When a colleague would like to learn from me"))
)


def could_show(asked: RoleModel, *, now: datetime) -> None:
    """Ask somebody whether colleagues may find them; once."""
    person = asked.member
    if not person.is_active:
        return
    with translation.override(person.language):
        tell(
            PAIRING,
            f"role-model:{asked.pk}",
            to=person,
            subject=_("A colleague learned something from you"),
            words=[
                _(
                    "They would like others to find you when it is about "
                    "%(form)s. Nobody sees this unless you say yes, and you can "
                    "end it whenever you like."
                )
                % {"form": asked.get_form_display()}
            ],
            page=reverse("role-models"),
            now=now,
        )


def asked(pair: Pair, *, now: datetime) -> None:
    """Ask the one who shows how; once."""
    guide, beginner = pair.guide, pair.beginner
    if guide is None or beginner is None or not guide.is_active:
        return
    with translation.override(guide.language):
        tell(
            PAIRING,
            f"pair:{pair.pk}",
            to=guide,
            subject=_("%(name)s would like to begin with you")
            % {"name": beginner.name},
            words=[
                _(
                    "Four weeks, five small tasks, when it suits you both. Either "
                    "of you can end it at any time without a reason."
                )
            ],
            page=reverse("pairing"),
            now=now,
        )


def began(pair: Pair, *, now: datetime) -> None:
    """Tell the beginner that it begins; once."""
    guide, beginner = pair.guide, pair.beginner
    if guide is None or beginner is None or not beginner.is_active:
        return
    with translation.override(beginner.language):
        tell(
            PAIRING,
            f"pair-began:{pair.pk}",
            to=beginner,
            subject=_("%(name)s begins with you") % {"name": guide.name},
            words=[_("The first of five small tasks waits. There is no hurry.")],
            page=reverse("pairing"),
            now=now,
        )
