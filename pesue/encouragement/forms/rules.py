"""Terms: of one rule, or of all to be tried together."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.actions.rules import Terms
from pesue.encouragement.amounts import counted, typed
from pesue.encouragement.forms.budgets import MOST, a_day
from pesue.encouragement.laboratory import Try
from pesue.encouragement.models import Budget
from pesue.encouragement.own_work import OWN_WORK, Work
from pesue.encouragement.queries.rules import Versions

MONTHS = (
    ("3", _("three months")),
    ("6", _("six months")),
    ("12", _("twelve months")),
)


def _much(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=MOST, decimal_places=2, required=False
    )


class MixForm(forms.Form):
    """What each kind of own work would bring, and out of which budget."""

    budget = forms.ModelChoiceField(
        Budget.objects.filter(state=Budget.State.OPEN, out_at=None),
        label=_("Out of"),
    )

    def __init__(
        self, data: Any = None, *, today: date, works: list[Work], **more: Any
    ) -> None:
        self.works, versions = works, Versions.read()
        initial: dict[str, Any] = {}
        for work in works:
            before = versions.newest(work.fact)
            if before and before.amount:
                unit = before.budget.unit
                initial[f"{work.fact}-amount"] = typed(before.amount, unit)
                initial[f"{work.fact}-cap"] = typed(before.cap, unit)
                initial.setdefault("budget", before.budget_id)
        initial["starts_on"] = today + timedelta(days=1)
        super().__init__(data, initial=initial, **more)
        for work in works:
            self.fields[f"{work.fact}-amount"] = _much(_("What one brings"))
            self.fields[f"{work.fact}-cap"] = _much(_("At most, a person and month"))

    def by_work(self) -> Iterator[tuple[Work, Any, Any]]:
        """Each kind of own work with its two fields."""
        for work in self.works:
            yield work, self[f"{work.fact}-amount"], self[f"{work.fact}-cap"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        budget = given.get("budget")
        for work in self.works:
            amount = self._counted(f"{work.fact}-amount", budget)
            cap = self._counted(f"{work.fact}-cap", budget)
            if amount and not cap:
                self.add_error(f"{work.fact}-cap", _("Say how much at most."))
            elif cap < amount:
                words = _("The most in a month cannot be less than what one brings.")
                self.add_error(f"{work.fact}-cap", words)
        return given

    def _counted(self, name: str, budget: Budget | None) -> int:
        given: Decimal = self.cleaned_data.get(name) or Decimal(0)
        try:
            self.cleaned_data[name] = counted(given, budget.unit if budget else "EUR")
        except ValueError:
            self.add_error(name, ValidationError(_("Points are whole.")))
            return 0
        return int(self.cleaned_data[name])

    def tries(self) -> list[Try]:
        given = self.cleaned_data
        return [
            Try(fact, given[f"{fact}-amount"], given[f"{fact}-cap"])
            for fact in (work.fact for work in self.works)
        ]

    def terms(self) -> dict[str, Terms]:
        """For `put_all_in_force`; of a form that asked for the day."""
        given = self.cleaned_data
        return {
            each.fact: Terms(each.amount, each.cap, given["budget"], given["starts_on"])
            for each in self.tries()
        }


class LaboratoryForm(MixForm):
    """A mix, to be tried on so many months gone by."""

    months = forms.ChoiceField(label=_("On the last"), choices=MONTHS, initial="6")
    field_order = ("budget", "months")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, today=today, works=list(OWN_WORK.values()))


class ForceForm(MixForm):
    """A mix that was tried, and the day from which it is to hold."""

    starts_on = a_day(_("In force from"))
    field_order = ("starts_on",)

    def __init__(
        self, data: Any = None, *, today: date, works: list[Work] | None = None
    ) -> None:
        chosen = works or list(OWN_WORK.values())
        super().__init__(data, today=today, works=chosen, auto_id="force-%s")
