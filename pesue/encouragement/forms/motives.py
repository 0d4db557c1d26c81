from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language

from pesue.encouragement.motives import KEYS
from pesue.surveys.instruments import item_of, texts
from pesue.surveys.scales import SCALES, SILENT


class MotivesForm(forms.Form):
    """The questions on motives, as the survey asks them. None has to be answered."""

    def __init__(self, data: Any = None, *, said: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(said))
        asked = texts(get_language() or "en")
        for key in KEYS:
            item = item_of(key)
            assert item is not None
            self.fields[key] = forms.ChoiceField(
                label=asked[key],
                choices=SCALES[item.scale].choices,
                widget=forms.RadioSelect,
                required=False,
            )

    def said(self) -> dict[str, str]:
        answers = self.cleaned_data.items()
        return {key: told for key, told in answers if told and told != SILENT}
