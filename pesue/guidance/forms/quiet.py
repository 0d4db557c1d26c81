from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import PeopleField
from pesue.guidance.models import QuietPeriod


class QuietForm(forms.ModelForm):  # type: ignore[type-arg]
    """Days in which some things are told later, or with care."""

    person = PeopleField(
        label=_("Whom to ask"),
        help_text=_("The e-mail address of the one who can tell more."),
        required=False,
    )

    class Meta:
        model = QuietPeriod
        fields = [
            *("name", "kind", "why", "starts", "ends", "effect", "topics"),
            *("finance", "forward", "words", "teams"),
        ]
        labels = {"topics": _("Topics it is about"), "teams": _("Teams it concerns")}
        help_texts = {
            "ends": _("The last quiet day. A quiet period always ends."),
            "words": _("One on a line; they are only said while one writes."),
            "teams": _("None chosen: everybody."),
        }
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "teams": forms.CheckboxSelectMultiple,
            "why": forms.Textarea(attrs={"rows": 2}),
            "words": forms.Textarea(attrs={"rows": 3}),
            "starts": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.contact:
            self.initial["person"] = self.instance.contact.email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The end comes after the beginning."))
        touched = ("topics", "finance", "forward", "words")
        if not self.errors and not any(data.get(name) for name in touched):
            self.add_error(
                "topics", _("Choose what is quiet: topics, finances, or some words.")
            )
        return data

    def save(self, commit: bool = True) -> QuietPeriod:
        people = self.cleaned_data["person"]
        self.instance.contact = people[0] if people else None
        period: QuietPeriod = super().save(commit)
        return period
