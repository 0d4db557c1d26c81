from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pesue.example.actions.takeovers import Plan
from pesue.example.models import Takeover
from pesue.guidance.models import Concept
from pesue.guidance.queries.concepts import not_over
from pesue.people.forms import ColleagueField
from pesue.sharing.channels import CHANNELS

Way = Takeover.Way
FIRST = ("instagram", "tiktok", "youtube")  # channels by face, before the others
MOST_POSTS = 20  # of one takeover
ADDRESS = URLValidator(schemes=["http", "https"])


def _networks() -> list[tuple[str, str]]:
    others = [key for key in CHANNELS if key not in (*FIRST, "anywhere", "email")]
    return [(key, str(CHANNELS[key].name)) for key in (*FIRST, *others)]


def _words(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=required,
        widget=forms.Textarea({"rows": 3}),
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class HelpForm(forms.Form):
    """How one posts, and who helps."""

    way = forms.ChoiceField(
        label=_("How one posts there"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text=_("Never with a shared password."),
    )
    keeper = ColleagueField(
        label=_("Who keeps the channel and helps: their e-mail address")
    )
    helped = forms.CharField(
        label=_("Where they are reached these days"),
        max_length=200,
        help_text=_("A telephone number, and who steps in at night."),
    )


class WishForm(forms.Form):
    """Where, when and what; a lead says how."""

    channel = forms.ChoiceField(label=_("Network"), choices=_networks)
    account = forms.CharField(
        label=_("Channel there"),
        max_length=100,
        help_text=_("As people know it: @litter."),
    )
    starts = _day(_("First day"))
    ends = _day(_("Last day"), required=False)
    says = _words(
        _("What is told"),
        _("Three things are enough: who you are, your day, a question."),
    )
    leaves = _words(
        _("What is left out"),
        _("Customers, colleagues who did not agree, what is not public yet."),
        required=False,
    )
    concept = forms.ModelChoiceField(
        label=_("Concept that it belongs to"),
        queryset=Concept.objects.none(),
        required=False,
        empty_label=_("no concept"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concept: Any = self.fields["concept"]
        concept.queryset = not_over(today=localdate())
        if not concept.queryset.exists():
            del self.fields["concept"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts: date | None = given.get("starts")
        given["ends"] = given.get("ends") or starts
        if starts and given["ends"] < starts:
            self.add_error("ends", _("It would end before it begins."))
        return given

    def plan(self) -> Plan:
        names = ("channel", "account", "starts", "ends", "says", "leaves", "concept")
        given = self.cleaned_data
        return Plan(**{name: given[name] for name in names if name in given})


class OfferTakeoverForm(HelpForm, WishForm):
    """A lead's offer: all of it, and to whom."""

    member = ColleagueField(label=_("Who would tell: their e-mail address"))
    field_order = (
        *("member", "channel", "account", "starts", "ends", "says", "leaves"),
        "concept",
    )

    def plan(self) -> Plan:
        names = tuple(f for f in self.fields if f != "member")
        return Plan(**{name: self.cleaned_data[name] for name in names})


class PostedForm(forms.Form):
    """Where it is to be read: as many addresses as one likes, or none."""

    posts = forms.CharField(
        label=_("Addresses of the posts"),
        required=False,
        max_length=MOST_POSTS * 501,
        help_text=_("One a line. A story that is gone after a day needs none."),
        widget=forms.Textarea({"rows": 3, "inputmode": "url"}),
    )

    def __init__(self, data: Any = None, *, takeover: Takeover) -> None:
        known = "\n".join(post.url for post in takeover.posts.all())
        super().__init__(data, initial={"posts": known})

    def clean_posts(self) -> list[str]:
        found = [_whole(line) for line in self.cleaned_data["posts"].split()]
        if len(found) > MOST_POSTS:
            words = _("At most {most} addresses. Choose the best of them.")
            raise ValidationError(format_lazy(str(words), most=MOST_POSTS))
        return found


def _whole(said: str) -> str:
    """An address as people paste it, with its scheme. Raises ValidationError."""
    url = said if "://" in said else f"https://{said}"
    try:
        ADDRESS(url)
    except ValidationError as error:
        words = _("{said} is no address. Open the post and copy its link.")
        raise ValidationError(format_lazy(str(words), said=said[:80])) from error
    if len(url) > 500:
        words = _("{said}… is too long an address. Copy the one that ends sooner.")
        raise ValidationError(format_lazy(str(words), said=said[:40]))
    return url
