from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pesue.surveys.exchange import LARGEST, SIZES

NOISE = (
    ("0", _("no noise: exact figures")),
    ("2", _("a little noise (epsilon 2)")),
    ("1", _("noise (epsilon 1)")),
    ("0.5", _("much noise (epsilon 0.5)")),
)
PEOPLE = {
    "1-49": _("fewer than 50"),
    "50-249": _("50 to 249"),
    "250-999": _("250 to 999"),
    "1000-4999": _("1,000 to 4,999"),
    "5000-": _("5,000 or more"),
}


class AboutForm(forms.Form):
    """What is told of the organisation in a file for others."""

    size = forms.ChoiceField(
        label=_("how many work here"), choices=[(size, PEOPLE[size]) for size in SIZES]
    )
    country = forms.CharField(
        label=_("country, in two letters"),
        max_length=2,
        initial="FI",
        validators=[
            RegexValidator(r"^[A-Za-z]{2}$", _("Two letters, such as FI or SE."))
        ],
    )

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        return country.upper()


class ExportForm(AboutForm):
    """The same, and how much noise there is in the figures."""

    epsilon = forms.TypedChoiceField(
        label=_("noise"),
        help_text=_(
            "With noise nobody can tell from the file whether one person is in it. It "
            "blurs figures of fewer than some hundreds of people so much that they are "
            "left out."
        ),
        choices=NOISE,
        coerce=float,
    )


class BringForm(forms.Form):
    file = forms.FileField(label=_("their file"))

    def clean_file(self) -> "UploadedFile[bytes]":
        file: Any = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("That is no file of figures from Pesue: it is too large.")
            )
        return file  # type: ignore[no-any-return]
