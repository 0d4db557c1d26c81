"""Planning a trial in a few fields. What a lever does not leave open is not asked."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Organisation
from pesue.trials.actions import ArmDesign, Design
from pesue.trials.actions.designing import (
    LEAST_HELD,
    MOST_HELD,
    MOST_LOOKS,
    MOST_REMOVAL,
)
from pesue.trials.levers import OF_ITEMS, OUTCOMES, Lever
from pesue.trials.models import Trial
from pesue.trials.queries.units import STRATA

Kind, Unit = Trial.Kind, Trial.Unit
WEEKS = timedelta(weeks=6)
LONGEST_WAVE = 60  # days


class TrialForm(forms.Form):
    """A new trial of one lever."""

    name = forms.CharField(label=_("Name"), max_length=80)
    question = forms.CharField(
        label=_("What we want to know"),
        help_text=_("In plain words: everybody here can read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = forms.ChoiceField(
        label=_("Drawn by"),
        help_text=_("By teams, where people talk with each other: mostly they do."),
    )
    begins = forms.DateField(
        label=_("Begins"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label=_("Ends"),
        help_text=_("The last day. It is read then, and not when it looks good."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=LONGEST_WAVE)
    held = forms.IntegerField(
        label=_("Per cent of the new items that wait"),
        min_value=LEAST_HELD,
        max_value=MOST_HELD,
    )
    strata = forms.MultipleChoiceField(
        label=_("Alike in both by"),
        help_text=_("The draw is made within each of these."),
        choices=list(STRATA.items()),
        initial=["size"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    looks = forms.IntegerField(
        label=_("Looks before the end"),
        help_text=_(
            "Where teams are drawn, nothing is shown before the end but at planned "
            "looks. Each makes the end a little less sharp."
        ),
        min_value=0,
        max_value=MOST_LOOKS - 1,
        initial=0,
        required=False,
    )
    removal = forms.IntegerField(
        label=_("Days after the end that are followed, too"),
        help_text=_(
            "All meet the ordinary product then. It shows whether something lasts, or "
            "leaves less behind than there was."
        ),
        min_value=0,
        max_value=MOST_REMOVAL,
        initial=0,
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("What is measured"), help_text=_("One thing, chosen before.")
    )

    def __init__(self, lever: Lever, data: Any = None, *, today: date) -> None:
        first = {"begins": today + timedelta(days=1), "ends": today + WEEKS, "days": 7}
        first["held"] = lever.held
        super().__init__(data, initial={**first, "outcome": lever.outcome})
        self.lever, self.kind = lever, lever.kinds[0]
        units = [(key, Unit(key).label) for key in lever.units]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (name, label)
            for name, label in OUTCOMES.items()
            if (name in OF_ITEMS) == (self.kind == Kind.HOLDOUT)
        ]
        self.fields["days"].label = {
            Kind.ROLLOUT: _("Days from one wave to the next"),
            Kind.HOLDOUT: _("Days that an item waits"),
        }.get(Kind(self.kind), _("Days"))
        for name in self._settled(lever):
            del self.fields[name]
        if self.kind == Kind.ARMS:
            self._ask_wordings()

    def _settled(self, lever: Lever) -> list[str]:
        """Fields there is nothing to choose in."""
        settled = ["held"]
        if self.kind == Kind.HOLDOUT:
            settled = ["strata", "outcome", "looks"]
        settled.append("days" if self.kind == Kind.ARMS else "removal")
        if lever.days:
            settled.append("days")
        if len(lever.units) == 1:
            settled.append("unit")
        return settled

    def _ask_wordings(self) -> None:
        names = dict(settings.LANGUAGES)
        ours = Organisation.the() or Organisation()
        for wording in self.lever.wordings:
            for language in ours.languages:
                self.fields[f"{wording.key}_{language}"] = forms.CharField(
                    label=format_lazy(
                        "{label}: {language}",
                        label=wording.label,
                        language=names.get(language, language),
                    ),
                    help_text=str(wording.help),
                    max_length=wording.longest,
                )

    def design(self) -> Design:
        """What was asked for; valid forms only."""
        given = self.cleaned_data
        return Design(
            name=given["name"],
            question=given["question"],
            lever=self.lever.key,
            kind=self.kind,
            unit=given.get("unit", self.lever.units[0]),
            begins=given["begins"],
            ends=given["ends"],
            outcome=given.get("outcome", self.lever.outcome),
            days=given.get("days", self.lever.days or 1),
            held=given.get("held", self.lever.held),
            arms=self._arms(given) if self.kind == Kind.ARMS else (),
            guards=self.lever.guards,
            strata=given.get("strata", ()),
            looks=self._looks(given),
            removal=given.get("removal") or 0,
        )

    def _looks(self, given: dict[str, Any]) -> list[date]:
        """Evenly over its days; none is the last day, which is read anyway."""
        number = given.get("looks") or 0
        step = (given["ends"] - given["begins"]) / (number + 1)
        return [given["begins"] + step * (n + 1) for n in range(number)]

    def _arms(self, given: dict[str, Any]) -> list[ArmDesign]:
        if self.lever.arms:
            return [
                ArmDesign(arm.key, str(arm.name), is_control=arm.is_control)
                for arm in self.lever.arms
            ]
        payload: dict[str, dict[str, str]] = {}
        for wording in self.lever.wordings:
            texts = {
                name.removeprefix(f"{wording.key}_"): text
                for name, text in given.items()
                if name.startswith(f"{wording.key}_")
            }
            payload[wording.key] = texts
        return [
            ArmDesign("now", _now("As now"), is_control=True),
            ArmDesign("new", _now("New"), payload=payload),
        ]


class StopForm(forms.Form):
    why = forms.CharField(
        label=_("Why it ends early"),
        help_text=_("Everybody can read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
