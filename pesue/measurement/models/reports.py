"""What a lead adds to a month's report, who may read it, and advice put aside."""

from datetime import timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.measurement.costs import Costs
from pesue.people.models import Member

LEAST = MinValueValidator(0)


class MonthCost(models.Model):
    """What telling cost in a month, as a lead of the whole knows it."""

    HELD = Held(_("to know whom to ask about a month's costs"), timedelta(0), "unname")

    class Money(models.TextChoices):
        EUR = "EUR", "€"
        SEK = "SEK", "kr (SEK)"
        NOK = "NOK", "kr (NOK)"
        DKK = "DKK", "kr (DKK)"
        GBP = "GBP", "£"
        USD = "USD", "$"

    begins = models.DateField(unique=True)  # the first day of the month of whole weeks
    money = models.CharField(
        _("Currency"), max_length=3, choices=Money, default=Money.EUR
    )
    licence = models.DecimalField(
        _("Licences and services"),
        max_digits=11,
        decimal_places=2,
        default=0,
        validators=[LEAST],
    )
    content_hours = models.DecimalField(
        _("Hours of making content"),
        max_digits=7,
        decimal_places=1,
        default=0,
        validators=[LEAST],
    )
    content_rate = models.DecimalField(
        _("Cost of such an hour"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[LEAST],
    )
    people_minutes = models.DecimalField(
        _("Minutes that people spent on telling"),
        max_digits=9,
        decimal_places=0,
        default=0,
        validators=[LEAST],
    )
    people_rate = models.DecimalField(
        _("Cost of their hour"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[LEAST],
    )
    rewards = models.DecimalField(
        _("Rewards and gifts"),
        max_digits=11,
        decimal_places=2,
        default=0,
        validators=[LEAST],
    )
    click_low = models.DecimalField(
        _("A click in your own adverts, at its cheapest"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[LEAST],
    )
    click_high = models.DecimalField(
        _("and at its dearest"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[LEAST],
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="costs_are_not_below_0",
                condition=Q(
                    licence__gte=0,
                    content_hours__gte=0,
                    content_rate__gte=0,
                    people_minutes__gte=0,
                    people_rate__gte=0,
                    rewards__gte=0,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"costs from {self.begins}"

    @property
    def costs(self) -> Costs:
        names = Costs.__dataclass_fields__
        return Costs(**{name: float(getattr(self, name)) for name in names})


class OpenReport(models.Model):
    """A month's report that whoever has its address may read."""

    HELD = Held(_("to know who opened a report to others"), timedelta(0), "unname")

    begins = models.DateField(unique=True)
    token = models.CharField(max_length=32, unique=True)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report from {self.begins}"


class PutAside(models.Model):
    """Advice that a lead does not want to see again while its ground is the same."""

    HELD = Held(
        _("so that advice you put aside does not come back"),
        timedelta(days=30),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="put_aside")
    key = models.CharField(max_length=60)  # of advice.Advice
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="put_aside_once")
        ]

    def __str__(self) -> str:
        return self.key
