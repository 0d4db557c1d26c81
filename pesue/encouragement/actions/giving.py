"""Noting what people got, for payroll and for themselves."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from pesue.encouragement.models import Given, Payee, Redemption, Reward, Transfer
from pesue.encouragement.queries.rewards import gifts_of_year, house_rules
from pesue.people.models import Member

Tax = Reward.Tax


def note_given(
    redemption: Redemption, people: Sequence[Member], *, now: datetime
) -> None:
    """A row for each who gets it. Whoever would pass the year's limit for gifts to the
    whole staff is a question to payroll."""
    today, reward = localdate(now), redemption.reward
    had = gifts_of_year([one.pk for one in people], today.year)
    rules = house_rules(today)
    for member in people:
        counts_as = reward.tax_class
        if counts_as == Tax.STAFF_GIFT and rules.passes_limit(
            had.get(member.pk, 0), redemption.each
        ):  # or there is no limit that we know of
            counts_as = Tax.ASK
        _note(
            member,
            Given(
                redemption=redemption,
                name=reward.name,
                kind=reward.kind,
                cents=redemption.each,
                unit=reward.unit,
                tax_class=counts_as,
            ),
            now=now,
        )


def note_back(redemption: Redemption, *, now: datetime) -> None:
    """The same rows again, less than nothing, on the day of today."""
    rows = redemption.given.filter(corrects=None).select_related("member", "payee")
    for row in rows.order_by("pk"):
        payee = getattr(row, "payee", None)
        less = Given(
            redemption=redemption,
            name=row.name,
            kind=row.kind,
            cents=-row.cents,
            unit=row.unit,
            tax_class=row.tax_class,
            corrects=row,
        )
        _note(row.member, less, address=payee.address if payee else "", now=now)


def note_paid(member: Member, transfer: Transfer, *, name: str, now: datetime) -> None:
    """Money that was earned in cents, and goes out with the pay."""
    row = Given(
        transfer=transfer,
        name=name,
        kind=Reward.Kind.MONEY,
        cents=transfer.amount,
        unit=transfer.unit,
        tax_class=Tax.WAGE,
    )
    _note(member, row, now=now)


def _note(
    member: Member | None, row: Given, *, address: str = "", now: datetime
) -> None:
    row.member, row.on, row.at = member, localdate(now), now
    row.save()
    if member:
        Payee.objects.create(given=row, member=member, address=address or member.email)
