from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Letter
from pesue.people.models import Team


class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Teams as the tree has them."""

    def label_from_instance(self, team: Any) -> str:
        return f"{team.indent}{team.name}"


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody's words, where they are from, and who may read them."""

    agreed = forms.BooleanField(
        label=_("Whoever wrote it agreed that those it concerns may read it")
    )

    class Meta:
        model = Letter
        fields = ["words", "sender", "came_on", "agreed", "wide", "team"]
        field_classes = {"team": TeamChoice}
        labels = {
            "wide": _("They agreed that all colleagues may read it"),
            "team": _("The team it concerns"),
        }
        help_texts = {
            "words": _("As they said it, or a part of it. Leave out private matters."),
            "sender": _(
                "As “a passenger on the night ferry”; a name only if they agreed to it."
            ),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 4}),
            "came_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(
        self, teams: "QuerySet[Team]", *args: Any, whose: bool, **kwargs: Any
    ) -> None:
        """`whose`: it is known already whom the letter concerns."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Team]", self.fields["team"])
        field.queryset, field.required = teams, not whose
        if whose:
            del self.fields["team"]

    def clean_came_on(self) -> date:
        came: date = self.cleaned_data["came_on"]
        if came > localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return came
