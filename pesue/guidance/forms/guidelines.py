from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import PeopleField
from pesue.guidance.models import Guideline
from pesue.people.models import Member


class GuidelineForm(forms.ModelForm):  # type: ignore[type-arg]
    person = PeopleField(
        label=_("Owner"),
        help_text=_("The e-mail address of the one who answers for it."),
        required=False,
    )

    class Meta:
        model = Guideline
        fields = ["kind", "text", "instead", "why", "example", "values", "topics"]
        labels = {"values": _("Values"), "topics": _("Topics")}
        widgets = {
            "values": forms.CheckboxSelectMultiple,
            "topics": forms.CheckboxSelectMultiple,
            "text": forms.Textarea(attrs={"rows": 2}),
            "instead": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 3}),
            "example": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.owner:
            self.initial["person"] = self.instance.owner.email

    def clean_person(self) -> Member | None:
        members: list[Member] = self.cleaned_data["person"]
        if len(members) > 1:
            raise forms.ValidationError(_("Give one address."))
        return members[0] if members else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Guideline.Kind.INSTEAD and not data.get("instead"):
            self.add_error("instead", _("Say what one can do instead."))
        return data

    def save(self, commit: bool = True) -> Guideline:
        self.instance.owner = self.cleaned_data["person"]
        guideline: Guideline = super().save(commit)
        return guideline


class KnownForm(forms.Form):
    """When the page of changes was opened: what came later is still new."""

    shown = forms.DateTimeField(widget=forms.HiddenInput)
