from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.behaving import Seen, parsed, values_read, written
from pesue.guidance.models import Behaviour, Value
from pesue.people.models import Team


class ValueForm(forms.ModelForm):  # type: ignore[type-arg]
    behaviours = forms.CharField(
        label=_("What it looks like on a Tuesday"),
        help_text=_(
            "Things one can see somebody do; one on a line. A line like “At the till:” "
            "begins what it looks like in that role."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    class Meta:
        model = Value
        fields = ["name", "meaning", "position"]
        labels = {"position": _("place in the list")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.behaviours.all()
            self.initial["behaviours"] = written(Seen(r.role, r.text) for r in rows)

    def clean_behaviours(self) -> list[Seen]:
        seen = parsed(self.cleaned_data["behaviours"])
        if any(len(one.text) > 300 for one in seen):
            raise forms.ValidationError(_("Keep each line within 300 characters."))
        return seen

    def save(self, commit: bool = True) -> Value:
        """What is written as before stays the same row."""
        value: Value = super().save(commit)
        known = {(row.role, row.text): row for row in value.behaviours.all()}
        for position, one in enumerate(self.cleaned_data["behaviours"]):
            row = known.pop((one.role, one.text), None) or Behaviour(
                value=value, role=one.role, text=one.text
            )
            row.position = position
            row.save()
        for row in known.values():
            row.delete()
        return value


class ValuesForm(forms.Form):
    """All values at once, pasted."""

    text = forms.CharField(
        label=_("Your values"),
        help_text=_(
            "“Name: what it means” on a line, below it what it looks like on a "
            "Tuesday; an empty line between two values."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        for value in values_read(text):
            if not 0 < len(value.name) <= 80:
                raise forms.ValidationError(
                    _("“%(name)s” is no name for a value: give up to 80 characters.")
                    % {"name": value.name[:60]}
                )
            if len(value.meaning) > 1000 or any(len(s.text) > 300 for s in value.seen):
                raise forms.ValidationError(
                    _("Something under “%(name)s” is too long: 300 characters a line.")
                    % {"name": value.name}
                )
        return text


class WorkshopForm(forms.Form):
    """Is each value lived here? Asked of everybody, or of some teams."""

    values = forms.ModelMultipleChoiceField(
        Value.objects.all(), label=_("Values"), widget=forms.CheckboxSelectMultiple
    )
    closes = forms.DateField(
        label=_("The last day to answer"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("path"),
        label=_("Teams that are asked"),
        help_text=_("None chosen: everybody."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("closes", today + timedelta(days=14))
        self.initial.setdefault("values", Value.objects.all())

    def clean_closes(self) -> date:
        day: date = self.cleaned_data["closes"]
        if not self.today <= day <= self.today + timedelta(days=92):
            raise forms.ValidationError(_("Choose a day within three months."))
        return day
