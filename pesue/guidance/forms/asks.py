from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.models import Ask


class AskForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question to the owners of a topic; one line is enough."""

    class Meta:
        model = Ask
        fields = ["words", "draft", "back"]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "draft": forms.HiddenInput,
            "back": forms.HiddenInput,
        }

    def clean_back(self) -> str:
        """A page of ours, by its path; anything else is dropped."""
        back: str = self.cleaned_data["back"]
        return back if back.startswith("/") and not back.startswith("//") else ""


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    verdict = forms.ChoiceField(choices=Ask.Verdict, widget=forms.HiddenInput)

    class Meta:
        model = Ask
        fields = ["answer", "shown", "asked_as"]
        labels = {"answer": _("In a few words, if you like")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.initial["asked_as"] = self.instance.words[:300]
