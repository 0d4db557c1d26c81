"""Claims of those who left, and money that goes out with the pay."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions import ledger
from pesue.encouragement.actions.giving import note_paid
from pesue.encouragement.actions.redemptions import withdraw
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Purse, Redemption, Transfer
from pesue.encouragement.queries.ledger import balance_at
from pesue.foundation.days import midnight
from pesue.people.models import Member, Organisation

AT_ONCE = 200
GONE = [Member.State.LEFT, Member.State.ERASED]
PAID = "payroll.paid"  # in the ledger


def close_claims(now: datetime) -> int:
    """What those who left had asked for is there for others again."""
    gone = Q(member=None) | Q(member__state__in=GONE)
    rows = Redemption.objects.filter(gone, state=Redemption.State.ASKED)
    closed = 0
    for redemption in rows.select_related("reward", "member").order_by("pk")[:AT_ONCE]:
        with suppress(NotDone):  # somebody has just answered it
            withdraw(redemption, now=now)
            closed += 1
    return closed


def pay_out(now: datetime) -> int:
    """Money earned by the end of a month goes to payroll at the beginning of the next.

    What came since stays for the next time, whatever day the worker first looks. Those
    who left are paid, too, while it is known who they are.
    """
    first = localdate(now).replace(day=1)
    month = f"{first:%Y-%m}"
    paid = Transfer.objects.filter(
        debit=OuterRef("pk"), fact=PAID, once__endswith=f":{month}"
    )
    rows = Purse.objects.filter(
        ~Exists(paid), kind=Purse.Kind.MONEY, balance__gt=0, member__isnull=False
    ).exclude(member__state=Member.State.ERASED)
    due = rows.annotate(since=_came_since(midnight(first))).filter(
        balance__gt=F("since")
    )
    done = 0
    for purse in due.select_related("member").order_by("pk")[:AT_ONCE]:
        done += _pay(purse, month, balance_at(purse, midnight(first)), now=now)
    return done


def _came_since(at: datetime) -> Coalesce:
    """What came to a purse from a time on and was not taken back."""
    came = Transfer.objects.filter(credit=OuterRef("pk"), at__gt=at, reversed_by=None)
    summed = came.order_by().values("credit").annotate(all=Sum("amount")).values("all")
    number = BigIntegerField()
    return Coalesce(Subquery(summed, output_field=number), 0, output_field=number)


def _pay(purse: Purse, month: str, had: int, *, now: datetime) -> int:
    """What the purse `had` when the month began, of what is in it still."""
    member = purse.member
    if member is None:
        return 0
    with translation.override(member.language), transaction.atomic():
        spent = ledger.named(Purse.Kind.SPENT, purse.unit, "payroll")
        ledger.lock([purse, spent])
        amount = min(had, purse.balance)  # a story may have been withdrawn since
        if amount <= 0:
            return 0
        made = ledger.transfer(
            debit=purse,
            credit=spent,
            amount=amount,
            reason=_("Paid with your wage"),
            fact=PAID,
            now=now,
            once=f"paid:{purse.pk}:{month}",
        )
        if made is None:
            return 0
        note_paid(member, made, name=_name(), now=now)
    return 1


def _name() -> str:
    """What payroll reads, in the organisation's main language as all else there."""
    house = Organisation.the()
    with translation.override(house.language if house else "en"):
        return _("Money earned")
