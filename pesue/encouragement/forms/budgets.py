"""A new budget."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.amounts import CURRENCIES, POINT, SIGNS, counted
from pesue.people.models import Grant, Member, Organisation

LONGEST = timedelta(days=366)
MOST = 10**9  # points, or whole units of money


def units() -> list[tuple[str, str]]:
    """Points, and the money of the organisation's country."""
    ours = Organisation.the() or Organisation()
    currency = CURRENCIES.get(ours.rules, "EUR")
    return [(POINT, str(_("points"))), (currency, SIGNS[currency])]


def a_day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class BudgetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    owner = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Who answers for it"),
        help_text=_("They are told when it has run out."),
    )
    unit = forms.ChoiceField(label=_("Points or money"))
    amount = forms.DecimalField(
        label=_("How much"), min_value=0, max_value=MOST, decimal_places=2
    )
    begins = a_day(_("From"))
    ends = a_day(
        _("To"),
        help_text=_("The last day. What is left then goes back to the house."),
    )

    def __init__(self, data: Any = None, *, by: Member, today: date) -> None:
        ends = today + timedelta(days=90)
        first = {"owner": by.pk, "begins": today, "ends": ends, "unit": POINT}
        super().__init__(data, initial=first)
        leads = Grant.objects.filter(role__in=(Grant.Role.LEAD, Grant.Role.ADMIN))
        active = Member.objects.filter(state=Member.State.ACTIVE)
        self.fields["owner"].queryset = active.filter(  # type: ignore[attr-defined]
            pk__in=leads.values("member")
        ).order_by("name")
        self.fields["unit"].choices = units()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and not begins <= ends <= begins + LONGEST:
            self.add_error("ends", _("Choose a last day within a year of the first."))
        if given.get("amount") is not None and given.get("unit"):
            try:
                given["amount"] = counted(given["amount"], given["unit"])
            except ValueError:
                self.add_error("amount", ValidationError(_("Points are whole.")))
            else:
                if not given["amount"]:
                    self.add_error("amount", _("Give more than nothing."))
        return given
