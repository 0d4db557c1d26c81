from typing import Any

from django import forms

from pesue.surveys.models import Survey
from pesue.surveys.scales import SCALES


class AnswerForm(forms.Form):
    """Every question on one page, each with the answers of the survey's scale."""

    def __init__(self, survey: Survey, data: Any = None) -> None:
        super().__init__(data)
        for question in survey.questions.all():
            self.fields[f"q{question.pk}"] = forms.ChoiceField(
                label=question.text,
                choices=SCALES[survey.kind].choices,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[int, str]:
        return {int(name[1:]): key for name, key in self.cleaned_data.items()}
