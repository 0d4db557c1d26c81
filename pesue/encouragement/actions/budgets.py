"""What can be done with budgets."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from pesue.encouragement.actions import ledger
from pesue.encouragement.messages import budgets as messages
from pesue.encouragement.models import Budget, Purse, Transfer
from pesue.people.models import Member

State = Budget.State


def open_budget(
    name: str,
    *,
    owner: Member,
    unit: str,
    amount: int,
    begins: date,
    ends: date,
    now: datetime,
) -> Budget:
    """Set so many points, or cents of the currency `unit`, aside for these days."""
    with transaction.atomic():
        account = Purse.objects.create(kind=Purse.Kind.BUDGET, unit=unit)
        budget = Budget.objects.create(
            name=name,
            owner=owner,
            unit=unit,
            amount=amount,
            begins=begins,
            ends=ends,
            account=account,
            made_at=now,
            state=State.OPEN,
            state_since=now,
        )
        ledger.transfer(
            debit=ledger.house(unit),
            credit=account,
            amount=amount,
            reason=name,
            now=now,
            by=owner,
            once=f"budget:{budget.pk}",
        )
    return budget


def run_out(budget: Budget, *, now: datetime) -> None:
    """From now on it pays nothing; its owner is told. Once."""
    with transaction.atomic():
        ledger.lock([budget.account])  # none is paid who did not see it
        rows = Budget.objects.filter(pk=budget.pk, out_at=None)
        if rows.update(out_at=now):
            messages.ran_out(budget, now=now)
    budget.refresh_from_db(fields=["out_at"])


def close(budget: Budget, *, now: datetime) -> Transfer | None:
    """End it; what is left goes back to the house. Raises ForbiddenMove, LostRace."""
    with transaction.atomic():
        budget.move(State.OVER, now=now)
        return give_back(budget, now=now)


def give_back(budget: Budget, *, now: datetime) -> Transfer | None:
    """What a budget that is over still holds, or got back since, to the house."""
    account, house = budget.account, ledger.house(budget.unit)
    with transaction.atomic(), translation.override(_language(budget)):
        ledger.lock([account, house])
        if not account.balance:
            return None
        return ledger.transfer(
            debit=account,
            credit=house,
            amount=account.balance,
            reason=_("What was left of %(budget)s") % {"budget": budget.name},
            now=now,
            once=f"budget-rest:{budget.pk}:{account.moves}",
        )


def _language(budget: Budget) -> str:
    return budget.owner.language if budget.owner else "en"
