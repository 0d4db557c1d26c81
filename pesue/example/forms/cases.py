from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.example.models import Case
from pesue.guidance.patterns import patterns


class CaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What another organisation did; with its source, or not at all."""

    pattern = forms.ChoiceField(
        label=_("A concept that begins it here"), required=False
    )

    class Meta:
        model = Case
        fields = ("name", "happened", "source", "teaches", "pattern")
        widgets = {"happened": forms.Textarea({"rows": 4})}
        help_texts = {
            "happened": _("Only what the source says, in your own words."),
            "source": _("An address, or the name and day of what you read."),
        }

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, one.name) for one in patterns(language).values()]
        self.fields["pattern"].choices = [("", "–"), *known]  # type: ignore[attr-defined]
