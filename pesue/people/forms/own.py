from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member, Organisation

LONGEST_PAUSE = timedelta(days=366)


def offered_languages() -> list[tuple[str, Any]]:
    """The organisation's languages, or all before there is one."""
    organisation = Organisation.the()
    offered = organisation.languages if organisation else dict(settings.LANGUAGES)
    return [(code, name) for code, name in settings.LANGUAGES if code in offered]


class SettingsForm(forms.Form):
    """What members decide of themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=offered_languages)
    part = forms.ChoiceField(
        label=_("My part"),
        help_text=_("Your own choice, and you can change it whenever you like."),
        choices=Member.Part,
        widget=forms.RadioSelect,
    )


class PauseForm(forms.Form):
    """A rest from nudges."""

    until = forms.DateField(
        label=_("No nudges before"),
        help_text=_("Empty: no pause. What you ask for, such as sign-in links, comes."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until > localdate() + LONGEST_PAUSE:
            raise ValidationError(_("Choose a day within a year from now."))
        return until
