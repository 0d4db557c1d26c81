"""Forms of what a lead writes, and of the topics a member follows."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.models import Behaviour, Concept, Guideline, Topic, Value
from pesue.people.models import Member

GuidanceForm: TypeAlias = "forms.ModelForm[Any]"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class PeopleField(forms.CharField):
    """Members by their e-mail addresses, one on a line."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def clean(self, value: Any) -> list[Member]:
        emails = {line.lower() for line in _lines(super().clean(value))}
        members = list(Member.objects.filter(email__in=emails).order_by("name"))
        missing = emails - {member.email for member in members}
        if missing:
            raise forms.ValidationError(
                _("No member has the address %(emails)s. Check how it is written."),
                params={"emails": ", ".join(sorted(missing))},
            )
        return members


def _addresses(members: Iterable[Member]) -> str:
    return "\n".join(member.email for member in members)


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
        lines = _lines(self.cleaned_data["behaviours"])
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("Keep each line within 300 characters."))
        return lines

    def save(self, commit: bool = True) -> Value:
        value: Value = super().save(commit)
        value.behaviours.all().delete()
        for text in self.cleaned_data["behaviours"]:
            Behaviour.objects.create(value=value, text=text)
        return value


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
            self.initial["people"] = _addresses(self.instance.owners.order_by("name"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") == Topic.Who.OWNERS and data.get("people") == []:
            self.add_error("people", _("Name the owners: only they may speak of it."))
        return data

    def save(self, commit: bool = True) -> Topic:
        topic: Topic = super().save(commit)
        topic.owners.set(self.cleaned_data["people"])
        return topic


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


FORMS: dict[str, type[GuidanceForm]] = {
    "values": ValueForm,
    "guidelines": GuidelineForm,
    "topics": TopicForm,
    "concepts": ConceptForm,
}


class FollowForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), widget=forms.CheckboxSelectMultiple, required=False
    )
