"""What we write to those who reached something together."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Goal
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

GOALS = declare(Kind("goals", gettext_lazy("When we reach a goal together")))
NEWS = timedelta(days=7)  # after that it is news no more


def reached(goal: Goal, member: Member, *, now: datetime) -> None:
    """Thank one who took part; once."""
    if not member.is_active:
        return
    with translation.override(member.language):
        words = _(
            "%(what)s: we wanted %(target)d, and got there. You were part of it; how "
            "large a part, nobody counts. Thank you."
        ) % {"what": goal.get_what_display().capitalize(), "target": goal.target}
        tell(
            GOALS,
            f"goal:{goal.pk}:{member.pk}",
            to=member,
            subject=_("We reached our goal"),
            words=[words],
            page=reverse("goals"),
            now=now,
            ends_at=now + NEWS,
        )
