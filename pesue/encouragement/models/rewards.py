"""The catalogue of rewards."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Picture
from pesue.encouragement.amounts import in_words
from pesue.foundation.held import Held
from pesue.people.models import Member, Team


@dataclass(frozen=True)
class Said:
    """What a reward is called and what is said of it, in one language."""

    name: str
    words: str


class Reward(models.Model):
    """Something points can be turned into. It is retired, never deleted.

    `cents` is what it is worth to each who gets it, for payroll and the budget.
    """

    HELD = Held(
        _("so that it is known who put a reward into the catalogue"),
        timedelta(days=30),
        "unname",
    )

    class Kind(models.TextChoices):
        TIME = "time", _("time off")
        LEARNING = "learning", _("learning")
        TEAM = "team", _("a gift to the whole team")
        CHARITY = "charity", _("a sum for a good cause")
        GOODS = "goods", _("a thing")
        MONEY = "money", _("money")

    class Tax(models.TextChoices):
        """As in the files of pesue/encouragement/tax."""

        WAGE = "wage", _("wage")
        STAFF_GIFT = "staff_gift", _("a gift to the whole staff")
        UNTAXED = "untaxed", _("untaxed")
        ASK = "ask", _("a question to payroll")

    kind = models.CharField(_("what it is"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    words = models.CharField(_("what one gets"), max_length=500, blank=True)
    # {"sv": {"name": "...", "words": "..."}}, where it is said in that language, too
    translated = models.JSONField(default=dict, blank=True)
    points = models.PositiveIntegerField(_("points"))
    cents = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=5, default="EUR")  # what the cents are of
    hours = models.DecimalField(
        _("hours"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    tax_class = models.CharField(_("counts as"), max_length=12, choices=Tax)
    stock = models.PositiveIntegerField(_("how many are left"), null=True, blank=True)
    team = models.ForeignKey(  # and all below it; null: everybody
        Team, models.PROTECT, null=True, blank=True, verbose_name=_("for whom")
    )
    begins = models.DateField(_("offered from"), null=True, blank=True)
    ends = models.DateField(_("offered until"), null=True, blank=True)
    budget = models.ForeignKey(  # of money, from which its worth is taken
        "pesue.Budget",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rewards",
        verbose_name=_("paid from"),
    )
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["points", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_reward_costs_points", condition=Q(points__gt=0)
            ),
            # What is never oversold: two who take the last one cannot both have it.
            models.CheckConstraint(
                name="no_less_than_none_is_left",
                condition=Q(stock__isnull=True) | Q(stock__gte=0),
            ),
            models.CheckConstraint(
                name="sums_are_of_something",
                condition=~Q(kind__in=["money", "charity"]) | Q(cents__gt=0),
            ),
            models.CheckConstraint(
                name="money_is_wage", condition=~Q(kind="money") | Q(tax_class="wage")
            ),
            models.CheckConstraint(
                name="time_has_hours", condition=~Q(kind="time") | Q(hours__gt=0)
            ),
            models.CheckConstraint(
                name="a_reward_ends_after_it_begins",
                condition=Q(begins__isnull=True)
                | Q(ends__isnull=True)
                | Q(begins__lte=F("ends")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, language: str) -> Said:
        """Its name and words in a language, or as they were written first."""
        other: dict[str, Any] = self.translated.get(language) or {}
        return Said(other.get("name") or self.name, other.get("words") or self.words)

    @property
    def told(self) -> Said:
        """Its name and words in the reader's language."""
        return self.said(get_language() or "")

    @property
    def worth(self) -> str:
        return in_words(self.cents, self.unit)

    def is_offered(self, *, today: date) -> bool:
        begun = self.begins is None or self.begins <= today
        over = self.ends is not None and self.ends < today
        return self.retired_at is None and begun and not over
