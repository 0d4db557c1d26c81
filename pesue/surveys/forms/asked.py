from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Team
from pesue.surveys.actions import LONGEST
from pesue.surveys.models import Survey
from pesue.surveys.scales import SCALES, TEXT

KINDS = (
    ("pulse", _("Pulse: two questions")),
    ("barriers", _("What stands in the way: eight questions")),
    ("motives", _("What moves us: thirteen questions")),
    ("annual", _("The yearly survey: all of it, ten minutes")),
)
LONG = timedelta(days=60)


class AnswerForm(forms.Form):
    """Every question on one page, each with the answers of its scale."""

    def __init__(self, survey: Survey, data: Any = None) -> None:
        super().__init__(data)
        language = get_language() or "en"
        for question in survey.questions.all():
            self.fields[f"q{question.pk}"] = (
                _own_words(question.asked(language))
                if question.scale == TEXT
                else forms.ChoiceField(
                    label=question.asked(language),
                    choices=SCALES[question.scale].choices,
                    widget=forms.RadioSelect,
                )
            )

    def chosen(self) -> dict[int, str]:
        return {int(name[1:]): key for name, key in self.cleaned_data.items()}


def _own_words(label: str) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=_(
            "Shown word for word where at least ten have answered, in no order. Leave "
            "out what tells who you are."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SurveyForm(forms.Form):
    """One of the ready-made questionnaires, for a time, for all or for some."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=KINDS)
    closes = forms.DateField(
        label=_("The last day to answer"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=_("Teams"),
        help_text=_("None chosen: everybody is asked."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"closes": today + timedelta(days=14)})
        self.today = today

    def clean_closes(self) -> date:
        closes: date = self.cleaned_data["closes"]
        if not self.today < closes <= self.today + LONG:
            raise ValidationError(_("Choose a day from tomorrow on, within 60 days."))
        return closes

    def title(self) -> str:
        return str(dict(KINDS)[self.cleaned_data["kind"]]).partition(":")[0]
