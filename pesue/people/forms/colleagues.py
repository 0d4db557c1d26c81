from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member


class ColleagueField(forms.EmailField):
    """A colleague who is here, by their e-mail address."""

    def clean(self, value: Any) -> Member | None:
        address = super().clean(value)
        if not address:
            return None
        here = Member.objects.filter(state=Member.State.ACTIVE)
        found = here.filter(email=address.lower()).first()
        if found is None:
            raise ValidationError(_("Nobody here has this address."))
        return found
