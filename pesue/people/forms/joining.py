from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.people.forms.own import offered_languages
from pesue.people.forms.welcome import name_field, password_field
from pesue.people.models import Member


class AskForm(forms.Form):
    """Who comes by a link that many hold."""

    name = name_field()
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We send the way in there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=offered_languages)


class AcceptForm(forms.Form):
    """Coming in by one's own invitation."""

    name = name_field()
    language = forms.ChoiceField(label=_("Language"), choices=offered_languages)
    password = password_field(
        required=False,
        label=_("Password"),
        help_text=_("Leave it empty to sign in with a link by e-mail each time."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            try:
                about = Member(name=cleaned.get("name", ""))
                validate_password(cleaned["password"], about)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
