from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member


class EraseForm(forms.Form):
    """Being sure."""

    posts = forms.BooleanField(
        label=_("Also delete my posts on networks, where Pesue posted them for me"),
        required=False,
    )
    email = forms.EmailField(
        label=_("Your e-mail address, to be sure"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() != self.member.email:
            raise ValidationError(_("This is not your address here."))
        return email
