from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Honour


class HonourForm(forms.ModelForm):  # type: ignore[type-arg]
    """What they did, in words that will be remembered."""

    class Meta:
        model = Honour
        fields = ["reason", "kind"]
        labels = {"kind": _("What it says")}
        help_texts = {
            "reason": _(
                "One thing they did, and what came of it. Not how much they post, and "
                "not how many read it."
            ),
            "kind": _(
                "A welcome moves newcomers, esteem those who have long been here."
            ),
        }
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "kind": forms.RadioSelect,
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = Honour.Kind.choices  # type: ignore[attr-defined]
