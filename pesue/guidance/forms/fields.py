"""Fields that several forms of this room have."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member


def lines(text: str) -> list[str]:
    """What stands on the lines, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class PeopleField(forms.CharField):
    """Members by their e-mail addresses, one on a line."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def clean(self, value: Any) -> list[Member]:
        emails = {line.lower() for line in lines(super().clean(value))}
        members = list(Member.objects.filter(email__in=emails).order_by("name"))
        missing = emails - {member.email for member in members}
        if missing:
            raise forms.ValidationError(
                _("No member has the address %(emails)s. Check how it is written."),
                params={"emails": ", ".join(sorted(missing))},
            )
        return members


def addresses(members: Iterable[Member]) -> str:
    return "\n".join(member.email for member in members)
