"""Asking for a reward, the answer, and giving it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions.giving import note_back, note_given
from pesue.encouragement.actions.holding import hold, release, spend
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.messages import rewards as messages
from pesue.encouragement.models import Redemption, Reward
from pesue.encouragement.queries.rewards import getting_it, waiting
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.models import Member, Team

State, Kind = Redemption.State, Reward.Kind
MOST_OPEN = 10  # claims of one person that wait


def ask(
    member: Member,
    reward: Reward,
    *,
    price: int,
    once: str,
    waits: int | None = None,
    wish: str = "",
    now: datetime,
) -> Redemption:
    """Ask for a reward; the same page asks once. Raises NotDone.

    `price` is what the page said it costs: nobody pays another one unseen. `waits` is
    how many of one's own the page knew of: nobody asks twice in two windows unseen.

    In one transaction: one of the stock is taken, the points and the money are held,
    and the claim stands; or nothing is.
    """
    if not reward.is_offered(today=localdate(now)):
        raise NotDone(
            _("This reward is not offered now. Your points are as they were.")
        )
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # two presses are one
        known = Redemption.objects.filter(member=member, once=once).first()
        if known:
            return known
        _not_too_many(member)
        _as_seen(member, reward, price, waits)
        team = _team(member, reward)
        people = _here(team).count() if team else 1
        made = Redemption.objects.create(
            reward=reward,
            member=member,
            team=team,
            points=reward.points,
            cents=reward.cents * people if reward.budget_id else 0,
            each=reward.cents,
            wish=wish,
            once=once,
            took_one=_take_one(reward),
            asked_at=now,
            state=State.ASKED,
            state_since=now,
        )
        hold(made, member, now=now)
        messages.asked(made, now=now)
    return made


def withdraw(redemption: Redemption, *, now: datetime) -> None:
    """The asker thinks better of it; all comes back. Raises NotDone."""
    with transaction.atomic():
        _move(redemption, State.WITHDRAWN, now=now)
        _undo(redemption, now=now)


def approve(redemption: Redemption, *, by: Member, now: datetime) -> None:
    """It is on its way. Raises NotDone."""
    _others_alone(redemption, by)
    with transaction.atomic():
        _move(redemption, State.APPROVED, now=now, by=by)
        messages.told(redemption, now=now)


def decline(redemption: Redemption, *, by: Member, answer: str, now: datetime) -> None:
    """Not this time, and why; all comes back. Raises NotDone."""
    _others_alone(redemption, by)
    if not answer:
        raise NotDone(_("Say in a few words why not."))
    with transaction.atomic():
        _move(redemption, State.DECLINED, now=now, by=by, answer=answer)
        _undo(redemption, now=now)
        messages.told(redemption, now=now)


def give(redemption: Redemption, *, by: Member, now: datetime) -> None:
    """It has been handed over: noted for payroll on this day. Raises NotDone."""
    _others_alone(redemption, by)
    with transaction.atomic():
        _move(redemption, State.GIVEN, now=now, by=by)
        people = list(getting_it(redemption).order_by("pk").select_for_update())
        if not people:
            raise NotDone(_("Nobody is here any more to give it to. Take it back."))
        spend(redemption, people=len(people), now=now)
        note_given(redemption, people, now=now)
        messages.told(redemption, now=now)


def take_back(
    redemption: Redemption, *, by: Member, answer: str, now: datetime
) -> None:
    """It could not be given, or came back: points too. Raises NotDone.

    What payroll has in an earlier month stays there; its correction is a row of today.
    """
    _others_alone(redemption, by)
    if not answer:
        raise NotDone(_("Say in a few words why."))
    was_given = redemption.state == State.GIVEN
    with transaction.atomic():
        _move(redemption, State.RETURNED, now=now, by=by, answer=answer)
        _undo(redemption, spent=was_given, now=now)
        if was_given:
            note_back(redemption, now=now)
        messages.told(redemption, now=now)


# --- The parts of it


def _others_alone(redemption: Redemption, by: Member) -> None:
    if redemption.member_id == by.pk:
        raise NotDone(_("This one is yours: somebody else answers it."))


def _move(
    redemption: Redemption, to: str, *, now: datetime, **also: Member | str
) -> None:
    try:
        redemption.move(to, now=now, **also)
    except (ForbiddenMove, LostRace) as error:
        raise NotDone(
            _("It has just been answered or taken back. Look at how it stands.")
        ) from error


def _not_too_many(member: Member) -> None:
    asked = Redemption.objects.filter(member=member, state=State.ASKED)
    if asked.count() >= MOST_OPEN:
        raise NotDone(_("Many of your wishes wait already. Take one back first."))


def _as_seen(member: Member, reward: Reward, price: int, waits: int | None) -> None:
    if price != reward.points:
        raise NotDone(_("Its price has just changed. Look at it again."))
    if waits is not None and waits != waiting(member, reward):
        raise NotDone(
            _("You have just asked for it, or had an answer. See how it stands.")
        )


def _take_one(reward: Reward) -> bool:
    """One of the stock; False where there is none to count. Of two who want the last,
    one gets it."""
    rows = Reward.objects.filter(pk=reward.pk)
    if reward.stock is None and rows.filter(stock=None).exists():
        return False
    if not rows.filter(stock__gt=0).update(stock=F("stock") - 1):
        raise NotDone(_("The last one is gone. Your points are as they were."))
    return True


def _undo(redemption: Redemption, *, spent: bool = False, now: datetime) -> None:
    if redemption.took_one:  # a stock may have been counted only later
        rows = Reward.objects.filter(pk=redemption.reward_id, stock__isnull=False)
        rows.update(stock=F("stock") + 1)
    release(redemption, spent=spent, now=now)


def _team(member: Member, reward: Reward) -> Team | None:
    if reward.kind != Kind.TEAM:
        return None
    if member.team is None:
        raise NotDone(_("You are in no team yet, so there is none to give it to."))
    return member.team


def _here(team: Team) -> QuerySet[Member]:
    return Member.objects.filter(team=team, state=Member.State.ACTIVE)
