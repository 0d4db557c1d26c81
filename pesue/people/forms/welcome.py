from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member


def password_field(*, required: bool, label: str | Any, help_text: str | Any) -> Any:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=256,
        strip=False,
        widget=widget,
    )


def name_field() -> Any:
    return forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WelcomeForm(forms.Form):
    """The organisation and its first administrator."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=100)
    languages = forms.MultipleChoiceField(
        label=_("Languages of your people"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Main language"), choices=settings.LANGUAGES)
    name = name_field()
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = password_field(
        required=True,
        label=_("Password"),
        help_text=_("At least 8 characters; a sentence is good. Paste is fine."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        main, all_ = cleaned.get("language"), cleaned.get("languages")
        if main and all_ and main not in all_:
            self.add_error(
                "language", _("Choose the main language among your people's languages.")
            )
        password = cleaned.get("password")
        if password:
            about = Member(name=cleaned.get("name", ""), email=cleaned.get("email", ""))
            try:
                validate_password(password, about)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
