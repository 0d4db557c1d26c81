"""Turning own work into points or cents, once, by the rule of the day it was done."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from heapq import merge

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localdate

from pesue.encouragement.actions import budgets, ledger
from pesue.encouragement.messages import earned as messages
from pesue.encouragement.models import Budget, Redemption, RuleVersion, Transfer
from pesue.encouragement.own_work import OWN_WORK
from pesue.encouragement.queries.own_work import Done, done, withdrawn
from pesue.encouragement.queries.rules import Versions, earned_in_month, is_out
from pesue.foundation.models import Run
from pesue.foundation.moves import LostRace
from pesue.people.models import Member

MARGIN = timedelta(minutes=5)  # far longer than storing a row takes
TAKEN_BACK = timedelta(days=14)  # who withdraws later keeps what it brought
GRACE = timedelta(days=2)  # after a budget's last day, for what was done on it


def earn(now: datetime) -> int:
    """Pay what was done since the last finished run. Returns how many it looked at.

    In the order in which things happened, so a budget that ends, ends for what came
    last. Nothing is paid twice or by half, and a mail goes with its transfer.
    """
    versions = Versions.read()
    since = Run.last_finished(earn, now=now)
    looked = 0
    for piece in _all_done(versions, since - MARGIN if since else None, now):
        looked += 1
        day = localdate(piece.at)
        version = versions.in_force(piece.fact, day)
        if version and version.amount and version.budget.pays_on(day):
            _pay(version, piece, now)
    return looked


def take_back(now: datetime) -> int:
    """Take back what stories brought that were withdrawn within 14 days.

    What is spent by then stays spent: nobody is made to owe. What was only set aside
    for a reward is taken when it comes back. Returns how many it looked at.
    """
    since = Run.last_finished(take_back, now=now)
    since = since - MARGIN if since else None
    looked = 0
    for fact in OWN_WORK:
        for piece in withdrawn(fact, since=since):
            looked += 1
            _take_back(_paid(piece), now)
    for claim in _came_back(since):
        for fact in OWN_WORK:
            gone = withdrawn(fact, since=claim.asked_at, until=claim.state_since)
            looked += len(gone)
            for piece in gone:
                _take_back(_paid(piece).filter(credit__member=claim.member_id), now)
    return looked


def _paid(piece: Done) -> QuerySet[Transfer]:
    """What a piece that was withdrawn has brought, if that was not long ago."""
    rows = Transfer.objects.filter(
        fact=piece.fact, row=piece.row, reverses=None, reversed_by=None
    )
    return rows.filter(happened_at__gte=piece.at - TAKEN_BACK)


def _came_back(since: datetime | None) -> list[Redemption]:
    """Claims that came to nothing, and whose points their askers have again."""
    State = Redemption.State
    over = (State.WITHDRAWN, State.DECLINED, State.RETURNED)
    rows = Redemption.objects.filter(state__in=over, member__isnull=False)
    return list(rows.filter(state_since__gt=since) if since else rows)


def close_budgets(now: datetime) -> int:
    """End budgets whose last day is over; what is left goes back to the house.

    Not before all that was done on that day has been seen. Returns how many.
    """
    seen = Run.last_finished(earn, now=now)
    if seen is None:
        return 0
    ended = 0
    over = Budget.objects.filter(ends__lt=localdate(min(now, seen) - GRACE))
    for budget in over.filter(state=Budget.State.OPEN).select_related("account"):
        try:
            budgets.close(budget, now=now)
            ended += 1
        except LostRace:
            continue  # another worker has just done it
    late = over.filter(state=Budget.State.OVER, account__balance__gt=0)
    for budget in late.select_related("account", "owner"):  # stories withdrawn since
        budgets.give_back(budget, now=now)
    return ended


def _all_done(
    versions: Versions, since: datetime | None, now: datetime
) -> Iterator[Done]:
    kinds = [done(fact, since=since, until=now) for fact in versions.by_fact]
    return merge(*kinds, key=lambda piece: piece.at)


def _pay(version: RuleVersion, piece: Done, now: datetime) -> None:
    """One piece of work: its transfer and its mail, both or neither."""
    once = f"{piece.fact}:{piece.row}"  # whoever did it: a piece is paid once
    if Transfer.objects.keyed(once).exists():
        return  # most often: it was seen before
    member = Member.objects.get(pk=piece.member)
    account, purse = version.budget.account, ledger.purse(member, version.budget.unit)
    try:
        with transaction.atomic(), translation.override(member.language):
            ledger.lock([account, purse])  # nobody else comes between cap and transfer
            if is_out(version.budget):
                return
            before = earned_in_month(purse, version.rule, localdate(piece.at))
            if before + version.amount > version.cap:
                return
            made = ledger.transfer(
                debit=account,
                credit=purse,
                amount=version.amount,
                reason=version.rule.words,
                now=now,
                fact=piece.fact,
                row=piece.row,
                rule=version,
                happened_at=piece.at,
                once=once,
            )
            if made:
                messages.earned(made, member, now=now)
    except ledger.NotEnough:
        budgets.run_out(version.budget, now=now)


def _take_back(paid: QuerySet[Transfer], now: datetime) -> None:
    for transfer in list(paid.select_related("debit", "credit__member", "rule")):
        member = transfer.credit.member
        language = member.language if member else "en"
        with suppress(ledger.NotEnough), translation.override(language):  # spent stays
            ledger.reverse(transfer, reason=messages.taken_back(), now=now)
