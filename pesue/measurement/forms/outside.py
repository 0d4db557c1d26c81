"""Bringing a file of numbers from outside. What a file says itself may stay empty."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.measurement.models import OutsideFile
from pesue.measurement.outside.addresses import site_of


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.log,.gz,.tsv"}),
    )

    def said(self) -> dict[str, Any]:
        """What one said of the file, by the fields of outside.found.Asked."""
        said = self.cleaned_data.items()
        return {key: value for key, value in said if key != "file" and value}


class VisitsForm(BringForm):
    site = forms.CharField(
        label=_("The site's address"),
        help_text=_("If the file names pages without it: www.example.org"),
        max_length=200,
        required=False,
    )
    day = forms.DateField(
        label=_("The day"),
        help_text=_("If the file is of one day and does not say so."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    all_pages = forms.BooleanField(
        label=_("A CSV of every page: a page that is not in it had no visits"),
        required=False,
    )
    whole_days = forms.BooleanField(
        label=_("A server log that begins and ends at midnight"),
        required=False,
    )

    def clean_site(self) -> str:
        said: str = self.cleaned_data["site"].strip()
        if said and not site_of(said if "://" in said else f"https://{said}"):
            raise ValidationError(_("Write it as in www.example.org."))
        return said


class ChannelsForm(BringForm):
    channel = forms.CharField(
        label=_("The channel"),
        help_text=_("If the file is of one channel and does not say so: LinkedIn"),
        max_length=40,
        required=False,
    )


class SenderForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the system"),
        help_text=_("So that you know it later: Job page, Ticket shop"),
        max_length=80,
    )


FORMS: dict[str, type[BringForm]] = {
    OutsideFile.What.VISITS: VisitsForm,
    OutsideFile.What.AFTERWARDS: BringForm,
    OutsideFile.What.CHANNELS: ChannelsForm,
}
