from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import lines
from pesue.guidance.models import Behaviour, Value


class ValueForm(forms.ModelForm):  # type: ignore[type-arg]
    behaviours = forms.CharField(
        label=_("What it looks like on a Tuesday"),
        help_text=_("Things one can see somebody do; one on a line."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    class Meta:
        model = Value
        fields = ["name", "meaning", "position"]
        labels = {"position": _("place in the list")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            seen = self.instance.behaviours.order_by("pk")
            self.initial["behaviours"] = "\n".join(one.text for one in seen)

    def clean_behaviours(self) -> list[str]:
        found = lines(self.cleaned_data["behaviours"])
        if any(len(line) > 300 for line in found):
            raise forms.ValidationError(_("Keep each line within 300 characters."))
        return found

    def save(self, commit: bool = True) -> Value:
        value: Value = super().save(commit)
        value.behaviours.all().delete()
        for text in self.cleaned_data["behaviours"]:
            Behaviour.objects.create(value=value, text=text)
        return value
