"""The ledger: accounts, and transfers between two of them.

A transfer is one row. It carries, for each of its two accounts, the transfer's number
in that account's chain and the balance after it. The database itself keeps the books
(`guards`): a transfer is let in only as the next link of both chains, with balances
that follow from those before; only that moves an account's balance; and what stands
is neither changed nor taken out. So a balance is the sum of its transfers at any time.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.guards import (
    ACCOUNTS_BEGIN_EMPTY,
    BALANCES_FOLLOW_TRANSFERS,
    TRANSFERS_LAND,
    TRANSFERS_STAND,
    TRANSFERS_STAY,
)
from pesue.foundation.held import Held
from pesue.foundation.triggers import Trigger
from pesue.people.models import Member, Team

KEPT = timedelta(days=365)  # the year can be closed; then the sums stand, unnamed
POINT = "point"


class Standing(Exception):
    """What stands in the ledger is not changed; a reverse transfer puts it right."""


class Standings(models.QuerySet["Transfer"]):
    """Transfers, which are added and read; `by` alone may lose its name."""

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) - {"by"}:
            raise Standing
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Standing

    def keyed(self, *once: str) -> "Standings":
        """Those done under one of these keys, of which each is done once.

        The index has no empty keys. SQLite takes it only where the question says so,
        and else reads the whole ledger.
        """
        return self.filter(once__in=once).exclude(once="")


class Purse(models.Model):
    """A place where points or cents are. Its balance is moved by transfers alone."""

    HELD = Held(_("to keep what your own work brought you"), KEPT, "unname")

    class Kind(models.TextChoices):
        """No page shows these."""

        POINTS = "points"  # of a member
        MONEY = "money"  # of a member
        BUDGET = "budget"
        HOUSE = "house"  # where all comes from
        TEAM = "team"  # a team's pot
        CHARITY = "charity"  # a pot for a good cause
        HELD = "held"  # asked for, not yet given
        SPENT = "spent"  # turned into rewards
        TAX = "tax"  # kept back

    kind = models.CharField(max_length=8, choices=Kind)
    unit = models.CharField(max_length=5)  # "point"; or "EUR": amounts are in cents
    name = models.CharField(max_length=80, blank=True)  # of those that are nobody's
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="purses"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="pots"
    )
    may_owe = models.BooleanField(default=False)  # may go below zero: the house
    balance = models.BigIntegerField(default=0)
    moves = models.PositiveBigIntegerField(default=0)  # transfers so far

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "unit"],
                name="one_purse_of_a_kind",
                condition=Q(member__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["team", "kind", "unit"],
                name="one_pot_of_a_team",
                condition=Q(team__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "unit", "name"],
                name="one_account_of_a_name",
                condition=~Q(name=""),
            ),
            models.CheckConstraint(
                name="no_account_is_below_zero",
                condition=Q(may_owe=True) | Q(balance__gte=0),
            ),
            Trigger(name="accounts_begin_empty", **ACCOUNTS_BEGIN_EMPTY),
            Trigger(name="balances_follow_transfers", **BALANCES_FOLLOW_TRANSFERS),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name or self.member_id or self.team_id or ''}"


class Transfer(models.Model):
    """So much from one account (`debit`) to another (`credit`), and why. One row."""

    HELD = Held(_("to know who put something right by hand"), KEPT, "unname")

    objects = Standings.as_manager()

    debit = models.ForeignKey(
        Purse, models.PROTECT, related_name="debits", db_index=False
    )
    credit = models.ForeignKey(
        Purse, models.PROTECT, related_name="credits", db_index=False
    )
    amount = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=5)
    # The links of the two chains: the number there, and the balance after it.
    debit_nr = models.PositiveBigIntegerField()
    debit_after = models.BigIntegerField()
    credit_nr = models.PositiveBigIntegerField()
    credit_after = models.BigIntegerField()
    reason = models.CharField(max_length=300)  # in words
    fact = models.CharField(max_length=60, blank=True)  # "story.accepted"
    row = models.PositiveBigIntegerField(null=True, blank=True)  # the fact's
    happened_at = models.DateTimeField()  # what it is for
    rule = models.ForeignKey(  # null: a redemption, a correction, a budget
        "RuleVersion", models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    once = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["debit", "debit_nr"], name="one_debit_a_number"
            ),
            models.UniqueConstraint(
                fields=["credit", "credit_nr"], name="one_credit_a_number"
            ),
            models.UniqueConstraint(
                fields=["once"], name="transferred_once", condition=~Q(once="")
            ),
            models.CheckConstraint(
                name="a_transfer_moves_something", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="a_transfer_has_two_accounts", condition=~Q(debit=F("credit"))
            ),
            Trigger(name="transfers_land", **TRANSFERS_LAND),
            Trigger(name="transfers_stand", **TRANSFERS_STAND),
            Trigger(name="transfers_stay", **TRANSFERS_STAY),
        ]
        indexes = [models.Index(fields=["at"], name="transfers_by_time")]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}: {self.reason}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Standing
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Standing
