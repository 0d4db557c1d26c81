"""Moving points and cents from one account to another."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.encouragement.models import Purse, RuleVersion, Transfer
from pesue.people.models import Member, Team

HOUSE = "house"


class NotEnough(Exception):
    """The account has less than that. `has` is what it has."""

    def __init__(self, has: int) -> None:
        super().__init__(_("There is not enough for that."))
        self.has = has


def transfer(
    *,
    debit: Purse,
    credit: Purse,
    amount: int,
    reason: str,
    now: datetime,
    fact: str = "",
    row: int | None = None,
    rule: RuleVersion | None = None,
    by: Member | None = None,
    once: str = "",
    happened_at: datetime | None = None,
    reverses: Transfer | None = None,
) -> Transfer | None:
    """Move `amount` (points, or cents) from `debit` to `credit`; one row.

    A fact is paid once by a rule to an account, whatever its version; `once` names
    another reason. None if that has been done already. The two accounts given are
    brought up to date.

    It waits for others who move the same accounts. Within a transaction of the
    caller's that moves several, call `lock` first with all of them.

    Raises NotEnough, ValueError where the amount is not above zero or the units differ.
    """
    if amount <= 0 or debit.unit != credit.unit or debit.pk == credit.pk:
        raise ValueError(f"No transfer: {amount} from {debit} to {credit}")
    once = once or (f"{fact}:{row}:{rule.rule_id}:{credit.pk}" if fact and rule else "")
    with transaction.atomic():
        lock([debit, credit])  # from here on nobody else moves them
        if once and Transfer.objects.keyed(once).exists():
            return None
        if not debit.may_owe and debit.balance < amount:
            raise NotEnough(debit.balance)
        made = Transfer.objects.create(
            **_linked(debit, credit, amount),
            reason=reason[:300],
            fact=fact,
            row=row,
            happened_at=happened_at or now,
            rule=rule,
            reverses=reverses,
            at=now,
            by=by,
            once=once,
        )
        lock([debit, credit])  # as the database has moved them
    return made


def _linked(debit: Purse, credit: Purse, amount: int) -> dict[str, Any]:
    """What makes a transfer the next of both chains."""
    return {
        "debit": debit,
        "credit": credit,
        "amount": amount,
        "unit": debit.unit,
        "debit_nr": debit.moves + 1,
        "debit_after": debit.balance - amount,
        "credit_nr": credit.moves + 1,
        "credit_after": credit.balance + amount,
    }


def reverse(
    wrong: Transfer, *, reason: str, now: datetime, by: Member | None = None
) -> Transfer | None:
    """Put a transfer right by its reverse, once; None if that has been done.

    Raises NotEnough where what it brought is there no more.
    """
    return transfer(
        debit=wrong.credit,
        credit=wrong.debit,
        amount=wrong.amount,
        reason=reason,
        fact=wrong.fact,
        row=wrong.row,
        happened_at=wrong.happened_at,
        rule=wrong.rule,
        reverses=wrong,
        now=now,
        by=by,
        once=f"reverses:{wrong.pk}",
    )


def lock(accounts: Iterable[Purse]) -> None:
    """Hold these accounts until the transaction ends, and bring them up to date.

    Always in the same order, so that no two wait for each other. SQLite's
    transactions hold everything from their beginning.
    """
    by_id = {account.pk: account for account in accounts}
    rows = Purse.objects.filter(pk__in=by_id).order_by("pk").select_for_update()
    for pk, balance, moves in rows.values_list("pk", "balance", "moves"):
        by_id[pk].balance, by_id[pk].moves = balance, moves


def purse(member: Member, unit: str) -> Purse:
    """The member's own account in that unit, made when first asked for."""
    kind = Purse.Kind.POINTS if unit == "point" else Purse.Kind.MONEY
    found, _new = Purse.objects.get_or_create(member=member, kind=kind, unit=unit)
    return found


def pot(team: Team, unit: str) -> Purse:
    """The team's account in that unit."""
    kind = Purse.Kind.TEAM
    found, _new = Purse.objects.get_or_create(team=team, kind=kind, unit=unit)
    return found


def named(kind: str, unit: str, name: str, *, may_owe: bool = False) -> Purse:
    """A purse that is nobody's, by its name: "spent", a good cause."""
    found, _new = Purse.objects.get_or_create(
        kind=kind, unit=unit, name=name, defaults={"may_owe": may_owe}
    )
    return found


def house(unit: str) -> Purse:
    """Where all comes from and goes back to; it may go below zero."""
    return named(Purse.Kind.HOUSE, unit, HOUSE, may_owe=True)
