from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pesue.example.models.own_page import LONGEST_SLUG


class NameForm(forms.Form):
    """By which name the house is followed."""

    name = forms.CharField(
        label=_("Name before the @"),
        help_text=_("Small letters without dots on them, digits and _ in between."),
        max_length=LONGEST_SLUG,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(?:_[a-z0-9]+)*\Z",
                _("Use small letters from a to z, digits, and _ in between."),
            )
        ],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])
