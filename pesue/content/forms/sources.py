from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Source


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A feed to read."""

    url = forms.CharField(
        label=_("Address of the feed, or of a page that has one"),
        max_length=1000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Source
        fields = ("url", "language", "straight", "topics")
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def validate_unique(self) -> None:
        """The same address again is no mistake: it leads to the source there is."""
