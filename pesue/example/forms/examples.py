from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pesue.example.models import Showcase
from pesue.guidance.models import Value
from pesue.people.models import Member

MOST_PEOPLE = 20


class NominateForm(forms.Form):
    url = forms.URLField(
        label=_("Address of the post or story"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Open it where it is public and copy its link."),
    )
    good = forms.CharField(
        label=_("What makes it good"),
        max_length=200,
        required=False,
        help_text=_("The author sees this, and so do colleagues if the author agrees."),
    )
    value = forms.ModelChoiceField(
        label=_("A value that it shows"),
        queryset=Value.objects.none(),
        required=False,
        empty_label=_("none of them, or not sure"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].queryset = Value.objects.all()  # type: ignore[attr-defined]


class ThankForm(forms.Form):
    words = forms.CharField(
        label=_("What it did for you"), max_length=300, required=False
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[(a, a) for a in ("agree", "decline", "end")])


class ShapeForm(forms.Form):
    """How the author wants it shown."""

    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Empty: until you end it."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    pictured = forms.BooleanField(label=_("With its picture"), required=False)
    people = forms.CharField(
        label=_("Colleagues who can be recognised in the picture"),
        help_text=_("Their e-mail addresses, one a line. They are asked first."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, showcase: Showcase, data: Any = None, *, today: date) -> None:
        now = {"until": showcase.until, "pictured": showcase.pictured}
        super().__init__(data, initial=now)
        self.today = today

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise ValidationError(_("Choose a day that is still to come."))
        return until

    def clean_people(self) -> list[Member]:
        wanted = self.cleaned_data["people"].replace(",", "\n").split("\n")
        addresses = {one.strip().lower() for one in wanted if one.strip()}
        if len(addresses) > MOST_PEOPLE:
            raise ValidationError(
                _now("At most %(most)d people.") % {"most": MOST_PEOPLE}
            )
        here = Member.objects.filter(state=Member.State.ACTIVE)
        found = list(here.filter(email__in=addresses))
        missing = sorted(addresses - {member.email for member in found})
        if missing:
            raise ValidationError(
                format_lazy(
                    "{words} {address}",
                    words=_("Nobody here has this address:"),
                    address=missing[0],
                )
            )
        return found


class PicturedForm(forms.Form):
    answer = forms.ChoiceField(choices=[(a, a) for a in ("yes", "no")])
