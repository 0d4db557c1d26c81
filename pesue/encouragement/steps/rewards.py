"""Claims of those who left, and money that goes out with the pay."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions import ledger
from pesue.encouragement.actions.giving import note_paid
from pesue.encouragement.actions.redemptions import withdraw
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Purse, Redemption, Transfer
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
    """Money that people earned goes to payroll once a month, on its first day.

    Those who left are paid, too, while it is known who they are.
    """
    month = f"{localdate(now):%Y-%m}"
    paid = Transfer.objects.filter(
        debit=OuterRef("pk"), fact=PAID, once__endswith=f":{month}"
    )
    rows = Purse.objects.filter(
        ~Exists(paid), kind=Purse.Kind.MONEY, balance__gt=0, member__isnull=False
    ).exclude(member__state=Member.State.ERASED)
    done = 0
    for purse in rows.select_related("member").order_by("pk")[:AT_ONCE]:
        done += _pay(purse, month, now=now)
    return done


def _pay(purse: Purse, month: str, *, now: datetime) -> int:
    member = purse.member
    if member is None:
        return 0
    with translation.override(member.language), transaction.atomic():
        spent = ledger.named(Purse.Kind.SPENT, purse.unit, "payroll")
        ledger.lock([purse, spent])
        if purse.balance <= 0:
            return 0
        made = ledger.transfer(
            debit=purse,
            credit=spent,
            amount=purse.balance,
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
