"""Setting a goal together, and letting go of one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Goal
from pesue.foundation.counts import K
from pesue.people.models import Member, Organisation, Team

State, What = Goal.State, Goal.What
OF_PEOPLE = (What.GOOD, What.TOLD, What.LESSONS)


@dataclass(frozen=True)
class Design:
    team: Team | None  # None: the whole organisation
    what: str
    target: int
    begins: date
    ends: date


def set_goal(design: Design, *, by: Member, now: datetime) -> Goal:
    """Begin a goal. Raises NotDone where it could not be shown, or not be reached."""
    _can_be_reached(design, today=localdate(now))
    with transaction.atomic():
        # Two at once take turns: what one may not see beside the other is checked.
        Organisation.objects.select_for_update().filter(pk=1).first()
        if _beside(design).exists():
            raise NotDone(
                _(
                    "This is counted in these days already, in this team or in one "
                    "above or below it. From two such bars one could tell what a few "
                    "people did. Choose other days, or count something else."
                )
            )
        return Goal.objects.create(
            team=design.team,
            what=design.what,
            target=design.target,
            begins=design.begins,
            ends=design.ends,
            by=by,
            made_at=now,
            state=State.RUNNING,
            state_since=now,
        )


def withdraw(goal: Goal, *, now: datetime) -> None:
    """Let go of a goal that runs. Raises ForbiddenMove or LostRace."""
    goal.move(State.WITHDRAWN, now=now)


def _can_be_reached(design: Design, *, today: date) -> None:
    if design.ends < today:
        raise NotDone(_("These days are over. Choose days that are to come."))
    people = _here(design.team).count()
    if people < K:
        raise NotDone(
            _(
                "A bar of fewer than five people would tell who did what. Set the "
                "goal for a larger team, together with those beside you."
            )
        )
    if design.what in OF_PEOPLE and design.target > people:
        raise NotDone(
            _("There are %(people)d people in all. Choose a number within reach.")
            % {"people": people}
        )


def _here(team: Team | None) -> "QuerySet[Member]":
    here = Member.objects.filter(state=Member.State.ACTIVE)
    return here.filter(team__path__startswith=team.path) if team else here


def _beside(design: Design) -> "QuerySet[Goal]":
    """Goals that would tell more beside this one than each alone.

    Those of the same people in the same days that count the same, or all of it.
    """
    rows = Goal.objects.filter(begins__lte=design.ends, ends__gte=design.begins)
    rows = rows.exclude(state=State.WITHDRAWN, people=0)  # nobody has seen those
    if design.what != What.GOOD:
        rows = rows.filter(what__in=[design.what, What.GOOD])
    if design.team is None:
        return rows
    line = Q(team=None) | Q(team__in=design.team.above())
    return rows.filter(line | Q(team__path__startswith=design.team.path))
