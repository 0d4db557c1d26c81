"""Rules: which own work earns how much. A change never rewrites the past."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models.budgets import Budget
from pesue.encouragement.own_work import OWN_WORK
from pesue.foundation.held import Held
from pesue.people.models import Member


class Rule(models.Model):
    """A kind of own work that earns. How much, and out of what, is in its versions."""

    fact = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="own_work_alone_earns", condition=Q(fact__in=list(OWN_WORK))
            )
        ]

    def __str__(self) -> str:
        return self.fact

    @property
    def words(self) -> str:
        """What earns, for people."""
        return str(OWN_WORK[self.fact].what)


class RuleVersion(models.Model):
    """A rule as it is from a day on, until its next version begins. Added only."""

    HELD = Held(_("to know who changed what earns"), timedelta(days=30), "unname")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()  # from 1
    starts_on = models.DateField()
    amount = models.PositiveBigIntegerField()  # 0: it earns no more
    cap = models.PositiveBigIntegerField()  # a person and month
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="rules")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["rule", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "number"], name="one_version_a_number"
            ),
            models.UniqueConstraint(
                fields=["rule", "starts_on"], name="one_version_a_day"
            ),
            models.CheckConstraint(
                name="a_cap_lets_one_through",
                condition=Q(cap__gte=F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}.{self.number}"
