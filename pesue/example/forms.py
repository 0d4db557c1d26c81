from django import forms
from django.utils.translation import gettext_lazy as _


class NominateForm(forms.Form):
    url = forms.URLField(
        label=_("Address of the post"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Open the post in its network and copy its link."),
    )
    good = forms.CharField(
        label=_("What makes it good"),
        max_length=200,
        required=False,
        help_text=_("The author sees this, and so do colleagues if the author agrees."),
    )


class ThankForm(forms.Form):
    words = forms.CharField(
        label=_("What it did for you"), max_length=300, required=False
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[(a, a) for a in ("agree", "decline", "end")])
