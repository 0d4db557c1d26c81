"""Points turned into rewards, and what people got."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.amounts import in_words
from pesue.encouragement.models.ledger import Transfer
from pesue.encouragement.models.rewards import Reward
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member, Team

A_YEAR = timedelta(days=365)


class Redemption(Stateful):
    """A member asks for a reward with their points, and what became of it.

    Points, and money where the reward is paid from a budget, are held from the moment
    of asking: what was asked for can be given.
    """

    HELD = Held(_("so that what you asked for comes to you"), A_YEAR, "unname")

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a yes")
        APPROVED = "approved", _("on its way")
        GIVEN = "given", _("given")
        DECLINED = "declined", _("not this time")
        WITHDRAWN = "withdrawn", _("taken back by you")
        RETURNED = "returned", _("taken back, points too")

    MOVES = {
        State.ASKED: frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN}),
        State.APPROVED: frozenset({State.GIVEN, State.RETURNED}),
        State.GIVEN: frozenset({State.RETURNED}),  # a mistake, or it was handed back
        State.DECLINED: frozenset[str](),
        State.WITHDRAWN: frozenset[str](),
        State.RETURNED: frozenset[str](),
    }
    OPEN = (State.ASKED, State.APPROVED)

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="redemptions")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="redemptions"
    )
    team = models.ForeignKey(  # that gets it, where the reward is for a whole team
        Team, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    points = models.PositiveIntegerField()  # as it cost on that day
    cents = models.PositiveIntegerField(default=0)  # held from the budget, in all
    each = models.PositiveIntegerField(default=0)  # cents that one person gets
    wish = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=36)  # of the page it was asked on
    took_one = models.BooleanField(default=True)  # of the stock
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "once"], name="one_press_asks_once"
            ),
            # Nobody approves their own, whoever writes the row.
            models.CheckConstraint(
                name="nobody_answers_themselves",
                condition=Q(by__isnull=True)
                | Q(member__isnull=True)
                | ~Q(by=F("member")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="redemptions_by_state"),
            models.Index(fields=["member", "-asked_at"], name="redemptions_of_mine"),
        ]

    def __str__(self) -> str:
        return f"redemption {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Unchangeable(Exception):
    """What payroll has seen is corrected by another row, never changed."""


class Given(models.Model):
    """What one person got on a day, or gave back. Payroll's months are made of these.

    A row is never changed: what was wrong is taken back by another one, on its day.
    """

    HELD = Held(_("so that payroll can tax what has to be taxed"), A_YEAR, "unname")

    redemption = models.ForeignKey(
        Redemption, models.PROTECT, null=True, blank=True, related_name="given"
    )
    transfer = models.OneToOneField(  # of money earned, paid without being asked for
        Transfer, models.PROTECT, null=True, blank=True, related_name="+"
    )
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="rewards_given"
    )
    name = models.CharField(max_length=80)  # of the reward, as it was on that day
    kind = models.CharField(max_length=8, choices=Reward.Kind)
    cents = models.IntegerField()  # less than nothing where it was taken back
    unit = models.CharField(max_length=5)
    tax_class = models.CharField(max_length=12, choices=Reward.Tax)
    corrects = models.OneToOneField(  # the row that is taken back
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    on = models.DateField()  # by the organisation's clock
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["redemption", "member"],
                name="given_once",
                condition=Q(corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="given_for_one_reason",
                condition=Q(redemption__isnull=False) ^ Q(transfer__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_taken_back_is_less",
                condition=Q(corrects__isnull=True, cents__gte=0)
                | Q(corrects__isnull=False, cents__lte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["on"], name="given_by_day"),
            models.Index(fields=["member", "on"], name="given_to_me"),
        ]

    def __str__(self) -> str:
        return f"given {self.pk}"

    @property
    def worth(self) -> str:
        return in_words(self.cents, self.unit)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable


class Payee(models.Model):
    """The address that somebody had when they got it, as payroll's month names them.

    It stands by itself, so that a month says the same whenever it is asked for, and so
    that it can be let go while the sum stays.
    """

    HELD = Held(_("so that payroll knows whose it is"), A_YEAR, "erase")

    given = models.OneToOneField(Given, models.CASCADE, related_name="payee")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    address = models.EmailField()

    def __str__(self) -> str:
        return f"payee {self.pk}"
