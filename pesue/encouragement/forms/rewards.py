"""The catalogue's forms, and those of asking and answering."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pesue.encouragement import tax
from pesue.encouragement.models import Budget, Reward
from pesue.people.models import Team

LARGEST_PICTURE = 20_000_000  # bytes
TODAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class RewardForm(forms.ModelForm):  # type: ignore[type-arg]
    """One reward. What it may count as, the country's rules say."""

    worth = forms.DecimalField(
        label=_("Worth, to each who gets it"),
        help_text=_(
            "In money, value added tax included. Payroll and the budget go by it."
        ),
        min_value=Decimal(0),
        max_value=Decimal(100_000),
        decimal_places=2,
        required=False,
    )
    picture_file = forms.FileField(label=_("Picture"), required=False)
    picture_alt = forms.CharField(
        label=_("What the picture shows, for those who cannot see it"),
        max_length=500,
        required=False,
    )

    stock_was = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Reward
        fields = [
            "kind",
            "name",
            "words",
            "points",
            "worth",
            "hours",
            "tax_class",
            "stock",
            "team",
            "begins",
            "ends",
            "budget",
        ]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "begins": TODAY,
            "ends": TODAY,
        }
        help_texts = {
            "hours": _("For time off."),
            "stock": _("Nothing here: as many as are asked for."),
            "budget": _(
                "Its worth is held from the moment somebody asks. Nothing here: it is "
                "paid otherwise."
            ),
        }

    def __init__(
        self,
        *args: Any,
        rules: tax.Rules,
        unit: str,
        budgets: "QuerySet[Budget]",
        languages: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.unit = rules, unit
        ours = self.instance
        self.initial["stock_was"] = ours.stock
        if ours.pk:
            self.initial["worth"] = Decimal(ours.cents).scaleb(-2)
            self.initial["picture_alt"] = ours.picture.alt if ours.picture else ""
        self.fields["budget"].queryset = budgets  # type: ignore[attr-defined]
        self.fields["budget"].empty_label = _("paid otherwise")  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["team"].empty_label = _("everybody")  # type: ignore[attr-defined]
        names = dict(settings.LANGUAGES)
        self.languages = languages
        for language in languages:
            said = ours.translated.get(language) or {}
            for key, label, longest in (
                ("name", _("Name: {language}"), 80),
                ("words", _("What one gets: {language}"), 500),
            ):
                self.fields[f"{key}_{language}"] = forms.CharField(
                    label=format_lazy(str(label), language=names[language]),
                    max_length=longest,
                    required=False,
                    initial=said.get(key, ""),
                )

    def clean_picture_file(self) -> Any:
        file = self.cleaned_data["picture_file"]
        if file and (file.size or 0) > LARGEST_PICTURE:
            raise forms.ValidationError(_("Choose a smaller picture, 20 MB at most."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_worth(data)
        kind, counts_as = data.get("kind", ""), data.get("tax_class", "")
        if kind and counts_as and not self.rules.allows(kind, counts_as):
            self.add_error(
                "tax_class",
                _(
                    "The rules we know do not let it count as that. If you are "
                    "not sure, choose “{ask}”."
                ).format(ask=Reward.Tax.ASK.label),
            )
        if kind == Reward.Kind.MONEY and counts_as != Reward.Tax.WAGE:
            self.add_error("tax_class", _("Money is wage, always."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and begins > ends:
            self.add_error("ends", _("It ends before it begins."))
        if data.get("picture_file") and not data.get("picture_alt"):
            self.add_error(
                "picture_alt", _("Say in a few words what the picture shows.")
            )
        return data

    def _check_worth(self, data: dict[str, Any]) -> None:
        kind = data.get("kind")
        if not data.get("points"):
            data["points"] = None
            self.add_error("points", _("Say how many points it costs, one at least."))
        if kind in (Reward.Kind.MONEY, Reward.Kind.CHARITY) and not data.get("worth"):
            self.add_error("worth", _("Say how much it is."))
        if kind == Reward.Kind.TIME and not data.get("hours"):
            self.add_error("hours", _("Say how many hours it is."))

    def save(self, commit: bool = True) -> Reward:
        """The reward as it was filled in; its picture is the action's affair."""
        reward: Reward = super().save(commit=False)
        given = self.cleaned_data
        if reward.pk is None:
            reward.unit = self.unit
        reward.cents = int((given.get("worth") or 0) * 100)
        reward.translated = {
            language: said
            for language in self.languages
            if (said := self._in(language))
        }
        return reward

    def _in(self, language: str) -> dict[str, str]:
        """What was written in a language, if anything."""
        given = self.cleaned_data
        said = {key: given[f"{key}_{language}"] for key in ("name", "words")}
        return said if any(said.values()) else {}


class AskForm(forms.Form):
    """A claim: one press, with a wish if there is one."""

    once = forms.CharField(max_length=36, widget=forms.HiddenInput)
    price = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    waits = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wish = forms.CharField(
        label=_("A wish, such as a size or a day"),
        max_length=200,
        required=False,
    )


class DecideForm(forms.Form):
    """An answer to a claim: which button, and why where it is no."""

    to = forms.ChoiceField(
        choices=[
            (state, state) for state in ("approved", "declined", "given", "returned")
        ]
    )
    answer = forms.CharField(label=_("A word to them"), max_length=300, required=False)


class MonthForm(forms.Form):
    """A month of payroll, "2026-11"."""

    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$")
    kind = forms.ChoiceField(
        choices=[(kind, kind) for kind in ("sheet", "csv", "json")]
    )

    def clean_month(self) -> date:
        year, month = self.cleaned_data["month"].split("-")
        return date(int(year), int(month), 1)
