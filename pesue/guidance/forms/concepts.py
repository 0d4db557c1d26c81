from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.models import Concept


class ConceptForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Concept
        fields = ["name", "brief", "hashtag", "values", "starts", "ends"]
        labels = {"values": _("Values")}
        widgets = {
            "values": forms.CheckboxSelectMultiple,
            "starts": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_hashtag(self) -> str:
        tag = self.cleaned_data["hashtag"].strip().lstrip("#")
        if tag and not tag.replace("_", "").isalnum():
            raise forms.ValidationError(_("Use letters and numbers only, no spaces."))
        return str(tag)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The end comes after the beginning."))
        return data
