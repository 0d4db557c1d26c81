from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Picture


class ExampleForm(forms.Form):
    """A picture that shows how it is meant."""

    picture = forms.FileField(label=_("A picture"))
    alt = forms.CharField(
        label=_("What the picture shows, for those who cannot see it"), max_length=500
    )
    people = forms.ChoiceField(
        label=_("Who can be recognised in it"),
        choices=Picture.People,
        widget=forms.RadioSelect,
    )
