from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.example.models import RoleModel
from pesue.guidance.models import Topic
from pesue.people.forms import ColleagueField


class OfferForm(forms.Form):
    """I would show how."""

    form = forms.ChoiceField(label=_("In what"), choices=RoleModel.Form.choices)
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=_("any"),
    )
    learned = forms.CharField(
        label=_("What one can learn from me"),
        max_length=200,
        required=False,
        help_text=_("A line; colleagues see it beside your name."),
    )


class ProposeForm(forms.Form):
    """A colleague from whom one learned."""

    email = ColleagueField(label=_("Their e-mail address"))
    form = forms.ChoiceField(label=_("In what"), choices=RoleModel.Form.choices)
    learned = forms.CharField(
        label=_("What you learned from them"),
        max_length=200,
        help_text=_("They see it; colleagues see it if they say yes."),
    )
