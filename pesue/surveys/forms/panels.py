from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pesue.surveys.models import Expert, Panel, Trend

LONG = timedelta(days=180)
NAMED = 3  # trends of one expert
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PanelForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Panel
        fields = ["title", "question", "language", "opens", "closes"]
        labels = {
            "question": _("what the experts are asked"),
            "language": _("language of the question and of the public page"),
            "opens": _("the first day"),
            "closes": _("the last day to rank"),
        }
        widgets = {"opens": DAY, "closes": DAY}

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(
            data,
            initial={
                "opens": today,
                "closes": today + timedelta(days=42),
                "language": get_language(),
            },
        )
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("opens"), given.get("closes")
        if opens and opens < self.today:
            self.add_error("opens", _("Choose today or a later day."))
        if opens and closes and not opens < closes <= opens + LONG:
            self.add_error(
                "closes", _("Choose a day after the first, within half a year.")
            )
        return given


class ExpertForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Expert
        fields = ["name", "email", "language", "who"]
        help_texts = {"who": _("As it may stand under their quote.")}


class AddressForm(forms.Form):
    email = forms.EmailField(label=_("e-mail"))


class TrendForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Trend
        fields = ["words", "why"]


class ExpertSays(forms.Form):
    """What an expert sends. `edition` tells whether they did elsewhere meanwhile."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, expert: Expert, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={**initial, "edition": expert.edition})

    def now_at(self, edition: int) -> None:
        """Keep what was typed; sent again, it takes the place of what is saved."""
        self.data = {**self.data, "edition": str(edition)}


class NamingForm(ExpertSays):
    """Up to three trends in own words, and why."""

    def __init__(self, expert: Expert, data: Any = None) -> None:
        ideas = list(expert.ideas.all())[:NAMED]
        initial = {}
        for number, idea in enumerate(ideas, start=1):
            initial[f"words{number}"], initial[f"why{number}"] = idea.words, idea.why
        super().__init__(expert, data, initial)
        for number in range(1, NAMED + 1):
            self.fields[f"words{number}"] = forms.CharField(
                label=_("Trend %(number)d") % {"number": number},
                max_length=120,
                required=number == 1,
            )
            self.fields[f"why{number}"] = forms.CharField(
                label=_("Why? In a sentence"),
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(2, NAMED + 1):
            if given.get(f"why{number}") and not given.get(f"words{number}"):
                self.add_error(f"words{number}", _("Which trend is this about?"))
        return given

    def named(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        rows = (
            (given[f"words{number}"], given[f"why{number}"])
            for number in range(1, NAMED + 1)
        )
        return [(words, why) for words, why in rows if words]


class RankingForm(ExpertSays):
    """A number for each trend, and perhaps a quote."""

    def __init__(
        self, expert: Expert, trends: Sequence[Trend], data: Any = None
    ) -> None:
        initial: dict[str, Any] = {"quote": expert.quote, "quoting": expert.quoting}
        for place, key in enumerate(expert.ranks, start=1):
            initial[f"trend{key}"] = str(place)
        super().__init__(expert, data, initial)
        places: list[tuple[str, Any]] = [("", _("not ranked"))]
        places += [(str(place), str(place)) for place in range(1, len(trends) + 1)]
        self.keys = [trend.pk for trend in trends]
        for trend in trends:
            self.fields[f"trend{trend.pk}"] = forms.ChoiceField(
                label=trend.words, help_text=trend.why, choices=places, required=False
            )
        self._ask_for_a_quote()

    def _ask_for_a_quote(self) -> None:
        self.fields["quote"] = forms.CharField(
            label=_("A quote, if you like"),
            help_text=_("In the language you like, 500 characters at most."),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["quoting"] = forms.ChoiceField(
            label=_("May we publish your quote?"),
            help_text=_(
                "You can withdraw it by the same link until the result is published, "
                "and after that by asking us."
            ),
            choices=Expert.Quoting.choices,
            required=False,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        places = [given[name] for name in self._names() if given.get(name)]
        if not places and not self.errors:
            raise ValidationError(_("Give at least your first trend the number 1."))
        if len(set(places)) < len(places):
            raise ValidationError(_("Two trends have the same number. Give each one."))
        if given.get("quote") and not given.get("quoting"):
            self.add_error("quoting", _("Say what may be done with your quote."))
        return given

    def _names(self) -> list[str]:
        return [f"trend{key}" for key in self.keys]

    def order(self) -> list[int]:
        """The trends that have a number, by it; gaps do not matter."""
        given = self.cleaned_data
        with_place = [key for key in self.keys if given[f"trend{key}"]]
        return sorted(with_place, key=lambda key: int(given[f"trend{key}"]))
