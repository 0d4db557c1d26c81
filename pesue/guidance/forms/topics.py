from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import PeopleField, addresses
from pesue.guidance.models import Topic


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    people = PeopleField(
        label=_("Owners"),
        help_text=_("Their e-mail addresses, one on a line. Colleagues ask them."),
        required=False,
    )

    class Meta:
        model = Topic
        fields = ["name", "about", "who"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["people"] = addresses(self.instance.owners.order_by("name"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") == Topic.Who.OWNERS and data.get("people") == []:
            self.add_error("people", _("Name the owners: only they may speak of it."))
        return data

    def save(self, commit: bool = True) -> Topic:
        topic: Topic = super().save(commit)
        topic.owners.set(self.cleaned_data["people"])
        return topic


class FollowForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), widget=forms.CheckboxSelectMultiple, required=False
    )
