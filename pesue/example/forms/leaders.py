from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from pesue.example.models import Inside, InsideChannel, LeaderPlan
from pesue.guidance.models import Topic
from pesue.people.forms import ColleagueField
from pesue.people.models import Member
from pesue.sharing.channels import CHANNELS

MOST = 5000  # characters of a text
INNER = {"slack", "teams", "email", "anywhere"}  # not where the world reads


class PlanForm(forms.Form):
    """A rhythm, and where one likes to tell."""

    every = forms.ChoiceField(
        label=_("How often"),
        choices=LeaderPlan.Every,
        help_text=_(
            "A mail with three questions. You can leave any of them unanswered."
        ),
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day"), choices=LeaderPlan.Weekday, coerce=int
    )
    inside = forms.MultipleChoiceField(
        label=_("Inside"),
        choices=Inside.Place,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outside = forms.MultipleChoiceField(
        label=_("Outside"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, plan: LeaderPlan | None, data: Any = None) -> None:
        fields = ("every", "weekday", "inside", "outside")
        now = plan or LeaderPlan(every=LeaderPlan.Every.TWO)
        super().__init__(data, initial={name: getattr(now, name) for name in fields})
        places = [(c.key, c.name) for c in CHANNELS.values() if c.key not in INNER]
        self.fields["outside"].choices = places  # type: ignore[attr-defined]


class AssistantForm(forms.Form):
    """Who prepares texts, and until when."""

    email = ColleagueField(label=_("Their e-mail address"))
    until = forms.DateField(
        label=_("The last day"),
        help_text=_("You can end it at once, too."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class HandForm(forms.Form):
    """What goes with a draft."""

    note = forms.CharField(
        label=_("What you would like"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    voices = forms.BooleanField(label=_("With my voice notes"), required=False)


class PrepareForm(forms.Form):
    """The assistant's text."""

    text = forms.CharField(
        label=_("The text"),
        max_length=MOST,
        required=False,
        strip=False,
        widget=forms.Textarea({"class": "box", "rows": 10, "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class InsideForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a leader tells inside."""

    class Meta:
        model = Inside
        fields = ("place", "topic", "text")
        help_texts = {
            "text": _(
                "**Bold**, _italic_, a line that begins with - and [words](address) "
                "become what each place makes of them."
            )
        }
        widgets = {
            "text": forms.Textarea({"class": "box", "rows": 6, "autocomplete": "off"})
        }

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = set(member.topics_owned.values_list("pk", flat=True))
        topics = sorted(Topic.objects.all(), key=lambda t: (t.pk not in own, t.name))
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", _("none of these")),
            *((topic.pk, topic.name) for topic in topics),
        ]


class InsideChannelForm(forms.Form):
    """A channel that takes posts at an address, as its program gives it."""

    kind = forms.ChoiceField(label=_("What it is"), choices=InsideChannel.Kind.choices)
    name = forms.CharField(
        label=_("Its name, as people know it"),
        max_length=100,
        help_text=_("#everybody, for example"),
    )
    address = forms.CharField(
        label=_("Its address for posts"),
        max_length=2000,
        help_text=_(
            "Slack: an incoming webhook. Teams: the workflow “When a Teams webhook "
            "request is received”. It is kept sealed and not shown again."
        ),
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        try:
            URLValidator(schemes=["https"])(address)
        except ValidationError as error:
            raise ValidationError(
                _("Copy the whole address: it begins with https://.")
            ) from error
        return address
