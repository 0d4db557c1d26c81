from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import PeopleField
from pesue.guidance.models import QuietPeriod, Topic
from pesue.people.models import Member

Kind, Effect = QuietPeriod.Kind, QuietPeriod.Effect
MONTH = timedelta(days=30)  # before results, listed companies keep at least that
WEEK = timedelta(days=7)
LONGEST = timedelta(days=366)


def begun_as(kind: str, *, today: date, by: Member) -> dict[str, Any]:
    """What a new period of that kind begins with; all of it can be changed."""
    if kind not in Kind.values:
        return {"starts": today}
    begun = {
        "kind": kind,
        "name": str(Kind(kind).label).capitalize(),
        "starts": today,
        "ends": today + MONTH,
        "person": by.email,
    }
    if kind == Kind.RESULTS:
        begun |= {"effect": Effect.LOCK, "finance": True, "forward": True}
    if kind == Kind.CRISIS:
        topics = list(Topic.objects.values_list("pk", flat=True))
        begun |= {"ends": today + WEEK, "topics": topics}
    return begun


class QuietForm(forms.ModelForm):  # type: ignore[type-arg]
    """Days in which some things are told later, or with care."""

    person = PeopleField(
        label=_("Whom to ask"),
        help_text=_("The e-mail address of the one who can tell more."),
        required=False,
        widget=forms.EmailInput,
    )

    class Meta:
        model = QuietPeriod
        fields = [
            *("name", "kind", "why", "starts", "ends", "effect", "topics"),
            *("finance", "forward", "words", "teams"),
        ]
        labels = {"topics": _("Topics it is about"), "teams": _("Teams it concerns")}
        help_texts = {
            "why": _("People keep quiet more gladly when they know why."),
            "ends": _("The last quiet day. A quiet period always ends."),
            "words": _("One on a line; they are only said while one writes."),
            "teams": _("None chosen: everybody."),
        }
        widgets = {
            "effect": forms.RadioSelect,
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
        elif starts and ends and ends - starts > LONGEST:
            self.add_error("ends", _("A year is the longest: quiet has to end."))
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
