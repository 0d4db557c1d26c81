"""Budgets: what may be given in a period, and who answers for it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models.ledger import Purse
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member


class Budget(Stateful):
    """So many points or cents for some days, on an account of its own."""

    HELD = Held(_("to know who answers for a budget"), timedelta(days=30), "unname")

    class State(models.TextChoices):
        OPEN = "open", _("in use")
        OVER = "over", _("over; what was left went back")

    MOVES = {
        State.OPEN: frozenset({State.OVER}),
        State.OVER: frozenset[str](),
    }

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(  # who answers for it
        Member, models.SET_NULL, null=True, related_name="budgets"
    )
    unit = models.CharField(max_length=5)  # as its account's
    amount = models.PositiveBigIntegerField()
    begins = models.DateField()
    ends = models.DateField()  # the last day
    account = models.OneToOneField(Purse, models.PROTECT, related_name="budget")
    made_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True, blank=True)  # since then it pays nothing

    class Meta:
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_budget_ends_after_it_begins", condition=Q(ends__gte=F("begins"))
            ),
            models.CheckConstraint(
                name="a_budget_holds_something", condition=Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def pays_on(self, day: date) -> bool:
        """Whether it pays for what happens, or happened, on that day."""
        pays = self.state == self.State.OPEN and self.out_at is None
        return pays and self.begins <= day <= self.ends
