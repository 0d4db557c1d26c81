"""What can be asked of the ledger."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import (
    BigIntegerField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from pesue.encouragement.models import Purse, Transfer
from pesue.people.models import Member

POINT = "point"


@dataclass(frozen=True)
class Entry:
    """A transfer as one of its two accounts sees it."""

    transfer: Transfer
    nr: int
    amount: int  # below zero where it went away
    after: int  # the balance then


def balance(member: Member, unit: str = POINT) -> int:
    """What the member has: points, or cents of the currency `unit`."""
    kind = Purse.Kind.POINTS if unit == POINT else Purse.Kind.MONEY
    found = Purse.objects.filter(member=member, kind=kind, unit=unit)
    return found.values_list("balance", flat=True).first() or 0


def statement(
    member: Member, unit: str = POINT, *, most: int = 100, before: int | None = None
) -> list[Entry]:
    """The member's entries, newest first; those with a number under `before`."""
    kind = Purse.Kind.POINTS if unit == POINT else Purse.Kind.MONEY
    purse = Purse.objects.filter(member=member, kind=kind, unit=unit).first()
    return entries(purse, most=most, before=before) if purse else []


def entries(purse: Purse, *, most: int, before: int | None = None) -> list[Entry]:
    """An account's entries, newest first; those with a number under `before`.

    Two ranges of two indexes, however many entries it has.
    """
    out = Transfer.objects.filter(debit=purse).order_by("-debit_nr")
    into = Transfer.objects.filter(credit=purse).order_by("-credit_nr")
    if before is not None:
        out, into = out.filter(debit_nr__lt=before), into.filter(credit_nr__lt=before)
    gone = [Entry(t, t.debit_nr, -t.amount, t.debit_after) for t in out[:most]]
    came = [Entry(t, t.credit_nr, t.amount, t.credit_after) for t in into[:most]]
    newest = merge(gone, came, key=lambda entry: entry.nr, reverse=True)
    return list(islice(newest, most))


def balance_at(purse: Purse, at: datetime) -> int:
    """What the account held at a time gone by: after its last transfer until then."""
    ends = [
        Transfer.objects.filter(debit=purse, at__lte=at)
        .order_by("-debit_nr")
        .values_list("debit_nr", "debit_after")
        .first(),
        Transfer.objects.filter(credit=purse, at__lte=at)
        .order_by("-credit_nr")
        .values_list("credit_nr", "credit_after")
        .first(),
    ]
    return max((end for end in ends if end), default=(0, 0))[1]


def unbalanced() -> "QuerySet[Purse]":
    """Accounts whose balance is not the sum of their transfers: there are none.

    It adds up all there are; for the doctor, and after a database was mended by hand.
    """

    def total(side: str) -> Coalesce:
        rows = Transfer.objects.filter(**{side: OuterRef("pk")}).order_by()
        summed = rows.values(side).annotate(all=Sum("amount")).values("all")
        return Coalesce(
            Subquery(summed, output_field=BigIntegerField()),
            Value(0),
            output_field=BigIntegerField(),
        )

    rows = Purse.objects.annotate(added_up=total("credit") - total("debit"))
    return rows.exclude(balance=F("added_up"))
