from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Source


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A feed to read. Its address is looked at by the action, with words of ours."""

    url = forms.CharField(
        label=_("Address of the feed, or of a page that has one"),
        max_length=1000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    field_order = ("url",)

    class Meta:
        model = Source
        fields = ("language", "straight", "topics")
        labels = {"topics": _("Topics")}
        widgets = {"topics": forms.CheckboxSelectMultiple}
