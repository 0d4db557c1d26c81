"""Where points and money are while a claim goes its way: held, spent, or back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions import ledger
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Budget, Purse, Redemption, Transfer
from pesue.encouragement.models.ledger import POINT
from pesue.people.models import Member

FACT = "reward.asked"  # in the ledger, with the redemption's number
NAME = "rewards"  # of the two accounts of each unit
HELD, SPENT = Purse.Kind.HELD, Purse.Kind.SPENT


class Way(NamedTuple):
    """So much from here to there. `why` is done once for a claim and unit."""

    why: str
    debit: Purse
    credit: Purse
    amount: int


def hold(redemption: Redemption, member: Member, *, now: datetime) -> None:
    """The points, and the money if a budget pays, until it is answered.

    Raises NotDone where there is not enough of either.
    """
    points, budget = ledger.purse(member, POINT), redemption.reward.budget
    ways = [Way("hold", points, _place(HELD, POINT), redemption.points)]
    if redemption.cents and budget:
        held = _place(HELD, budget.unit)
        ways.append(Way("hold", budget.account, held, redemption.cents))
    _lock(ways)
    if points.balance < redemption.points:
        raise NotDone(_few_points(redemption.points, points.balance))
    if redemption.cents and budget and not _pays(budget, redemption.cents, now=now):
        raise NotDone(_no_budget())
    _go(redemption, ways, now=now)


def spend(redemption: Redemption, *, people: int, now: datetime) -> None:
    """What was held is spent: of a team, for so many as are in it today.

    Raises NotDone where the team has grown beyond what the budget has.
    """
    ways = []
    for unit, first in _held(redemption).items():
        held, amount = _place(HELD, unit), redemption.points
        if unit != POINT:
            amount = redemption.each * people
            more = amount - redemption.cents
            if more > 0:
                ways.append(Way("more", first.debit, held, more))
            elif more < 0:
                ways.append(Way("rest", held, first.debit, -more))
            Redemption.objects.filter(pk=redemption.pk).update(cents=amount)
            redemption.cents = amount
        ways.append(Way("spend", held, _place(SPENT, unit), amount))
    _lock(ways)
    try:
        _go(redemption, ways, now=now)
    except ledger.NotEnough as error:
        raise NotDone(
            _("The team has grown, and the budget has not enough for all of it.")
        ) from error


def release(redemption: Redemption, *, spent: bool, now: datetime) -> None:
    """All back where it came from. A budget that is over gives it on to the house."""
    ways = []
    for unit, first in _held(redemption).items():
        away = _place(SPENT if spent else HELD, unit)
        amount = redemption.points if unit == POINT else redemption.cents
        ways.append(Way("back", away, first.debit, amount))
    _lock(ways)
    _go(redemption, ways, now=now)


# --- The parts of it


def _held(redemption: Redemption) -> dict[str, Transfer]:
    """By unit, what was moved when it was asked for."""
    places = Purse.objects.filter(kind=HELD, name=NAME)  # one of each unit, ever
    units = places.values_list("unit", flat=True)
    rows = Transfer.objects.keyed(*(_once(redemption, "hold", one) for one in units))
    return {row.unit: row for row in rows.select_related("debit").order_by("pk")}


def _once(redemption: Redemption, why: str, unit: str) -> str:
    return f"reward:{redemption.pk}:{why}:{unit}"


def _place(kind: str, unit: str) -> Purse:
    return ledger.named(kind, unit, NAME)


def _lock(ways: Sequence[Way]) -> None:
    """All accounts at once, in the ledger's order: no two wait for each other."""
    ledger.lock([purse for way in ways for purse in (way.debit, way.credit)])


def _go(redemption: Redemption, ways: Sequence[Way], *, now: datetime) -> None:
    member = redemption.member
    with translation.override(member.language if member else None):
        name = redemption.reward.told.name
        for way in ways:
            back = way.why in ("back", "rest")
            ledger.transfer(
                debit=way.debit,
                credit=way.credit,
                amount=way.amount,
                reason=_("Back: %(name)s") % {"name": name} if back else name,
                fact=FACT,
                row=redemption.pk,
                now=now,
                once=_once(redemption, way.why, way.debit.unit),
            )


def _pays(budget: Budget, cents: int, *, now: datetime) -> bool:
    """Whether the budget, whose account is held, has that much for this day."""
    on = budget.begins <= localdate(now) <= budget.ends
    open_now = budget.state == Budget.State.OPEN and budget.out_at is None
    return on and open_now and budget.account.balance >= cents


def _few_points(asked: int, has: int) -> str:
    return _(
        "It costs %(asked)d points, and you have %(has)d. They keep; it may wait."
    ) % {"asked": asked, "has": has}


def _no_budget() -> str:
    return _(
        "What this reward is paid from has ended or is used up. Your points are as "
        "they were; ask again when there is a new budget."
    )
