from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Thanks


class SearchForm(forms.Form):
    """A colleague by name."""

    q = forms.CharField(
        label=_("A colleague's name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class ThanksForm(forms.ModelForm):  # type: ignore[type-arg]
    """For what, and what it did."""

    class Meta:
        model = Thanks
        fields = ["what", "words", "proposes"]
        labels = {
            "proposes": _("I wish they were honoured: those who lead may read this")
        }
        help_texts = {
            "what": _("Something they did, so that they know which."),
            "words": _("What it changed for you, for others, or for a customer."),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["what"].required = True
