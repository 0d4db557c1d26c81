from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Picture


def people_field(**also: Any) -> forms.ChoiceField:
    """Who can be recognised in a picture, said by whoever gives it."""
    return forms.ChoiceField(
        label=_("Who can be recognised in it"),
        choices=[("", _("not said")), *Picture.People.choices],
        required=False,
        **also,
    )
