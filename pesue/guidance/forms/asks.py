from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from pesue.guidance.models import Ask

LONGEST_DRAFT = 5000


class AskForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question to the owners of a topic; one line is enough."""

    draft = forms.CharField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Ask
        fields = ["words", "draft", "back"]
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}

    def clean_draft(self) -> str:
        """A text longer than any network takes is asked about by its beginning."""
        return str(self.cleaned_data["draft"])[:LONGEST_DRAFT]

    def clean_back(self) -> str:
        return own_path(self.cleaned_data["back"])


class AnswerForm(forms.Form):
    """Words beside one of three buttons, and what of it helps others."""

    verdict = forms.CharField(required=False)  # the button pressed
    words = forms.CharField(
        label=_("In a few words, if you like"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shown = forms.BooleanField(label=_("useful to others, too"), required=False)
    known_as = forms.CharField(
        label=_("the question, as others read it"), max_length=300, required=False
    )

    def __init__(self, ask: Ask, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"known_as": ask.words[:300]}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("shown") and not data.get("known_as"):
            self.add_error("known_as", _("Write the question as others read it."))
        if not data.get("shown"):
            data["known_as"] = ""
        return data


def own_path(back: str) -> str:
    """A page of this house, as it was given; "" for anything else."""
    fits = back.startswith("/") and len(back) <= 200
    return back if fits and url_has_allowed_host_and_scheme(back, None) else ""
