from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.reach.kinds import KINDS


class LinkForm(forms.Form):
    """Who wants a link to sign in."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class MailForm(forms.Form):
    """Which kinds of mail one wants."""

    kinds = forms.MultipleChoiceField(
        label=_("Write to me about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(k.key, k.what) for k in KINDS.values() if not k.asked_for]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]
