"""Trying by lot the mix that is proposed, beside the one there is."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.levers import MIX
from pesue.encouragement.mix import ORDINARY
from pesue.encouragement.queries.mix import communities
from pesue.people.models import Member
from pesue.trials.actions import ArmDesign, Design, NotDone, propose
from pesue.trials.models import Trial

WEEKS = 12  # that it lasts
AFTERWARDS = 28  # days that are read after it was taken away


def plan(*, by: Member, now: datetime) -> Trial:
    """A trial of the proposed mixes, planned and not started. Raises NotDone.

    What each community is proposed now is kept with the plan: later figures change it
    no more.
    """
    found = [one for one in communities(None) if one.motive]
    orders = [[one.team.path if one.team else "/", one.mix.order] for one in found]
    if all(one.mix.on_today == ORDINARY.on_today for one in found):
        raise NotDone(
            _(
                "What is proposed is what everybody meets already, so there is nothing "
                "to try. Come back after the next release."
            )
        )
    begins = localdate(now) + timedelta(days=1)
    return propose(
        Design(
            name=_("Does the mix that suits a team do more?"),
            question=_(
                "Do people tell more of their work if what their team values comes "
                "first, and does it last when it is taken away?"
            ),
            lever=MIX.key,
            kind="arms",
            unit="team",
            begins=begins,
            ends=begins + timedelta(weeks=WEEKS, days=-1),
            outcome=MIX.outcome,
            arms=(
                ArmDesign("now", _("The mix of today"), is_control=True),
                ArmDesign("new", _("The mix proposed"), payload={"orders": orders}),
            ),
            guards=MIX.guards,
            strata=("size",),
            removal=AFTERWARDS,
        ),
        by=by,
        now=now,
    )
