from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pesue.content.access import curated_paths
from pesue.content.actions.items import Card
from pesue.content.canonical import canonical
from pesue.content.forms.pictures import people_field
from pesue.content.models import Item, Picture
from pesue.people.access import within
from pesue.people.models import Member, Team

MOST_QUESTIONS = 3
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class SuggestForm(forms.Form):
    """What a colleague found; the names are those of a browser's share sheet."""

    url = forms.CharField(label=_("Address of the page"), max_length=1000)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Why it is worth telling"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_url(self) -> str:
        return web_address(self.cleaned_data["url"])


def web_address(text: str) -> str:
    found = canonical(text) or (canonical(f"https://{text}") if "." in text else "")
    if text and not found:
        raise forms.ValidationError(
            _("This is not a web address. Copy it from the browser.")
        )
    return found


class Lines(forms.CharField):
    """A text area with one thing on each line."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, max_length=4000, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [part.strip() for part in super().clean(value).splitlines()]
        lines = [part for part in lines if part]
        if len(lines) > self.most:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Give at most %(most)d line.",
                    "Give at most %(most)d lines.",
                    self.most,
                )
                % {"most": self.most}
            )
        if any(len(part) > self.longest for part in lines):
            raise forms.ValidationError(
                _("A line may have at most %(most)d characters.")
                % {"most": self.longest}
            )
        return lines


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A fact card, on one page."""

    url = forms.CharField(label=_("Link"), max_length=1000, required=False)
    owner_email = forms.EmailField(
        label=_("Whom to ask about it: e-mail"), required=False
    )
    picture_file = forms.FileField(label=_("Picture"), required=False)
    picture_alt = forms.CharField(
        label=_("What the picture shows, for those who cannot see it"),
        max_length=500,
        required=False,
    )
    picture_people = people_field()
    kept_picture = forms.IntegerField(required=False, widget=forms.HiddenInput)
    no_picture = forms.BooleanField(label=_("Without a picture"), required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    class Meta:
        model = Item
        fields = (
            "title",
            "summary",
            "url",
            "language",
            "topics",
            "concept",
            "disclosure",
            "valid_until",
            "locked_until",
            "locked_why",
            "audience",
            "finance",
        )
        labels = {"topics": _("Topics"), "concept": _("Concept")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "topics": forms.CheckboxSelectMultiple,
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "locked_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, curator: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.curator = curator
        self.fields["audience"] = self._audience()
        cast("forms.ModelChoiceField[Any]", self.fields["concept"]).empty_label = _(
            "no concept"
        )
        if self.instance.pk:
            self.initial.update(self._kept())
        for code, name in settings.LANGUAGES:
            about = {"language": name}
            self.fields[f"questions_{code}"] = Lines(
                label=_("Questions in %(language)s, one on a line") % about,
                most=MOST_QUESTIONS,
                longest=200,
            )
            self.fields[f"starters_{code}"] = Lines(
                label=_("Starters in %(language)s, one on a line") % about,
                most=20,
                longest=500,
            )
            self.fields[f"whole_{code}"] = forms.CharField(
                label=_("A ready text in %(language)s, offered last") % about,
                max_length=3000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _audience(self) -> forms.Field:
        paths = curated_paths(self.curator)
        teams = Team.objects.filter(within(paths, "path")).order_by("path")
        return forms.ModelMultipleChoiceField(
            teams,
            label=_("For these teams only"),
            required=paths is not None,
            help_text=_("Without a choice it is for everybody."),
        )

    def _kept(self) -> dict[str, Any]:
        item = self.instance
        kept: dict[str, Any] = {
            "owner_email": item.owner.email if item.owner else "",
            "picture_alt": item.picture.alt if item.picture else "",
            "picture_people": item.picture.people if item.picture else "",
            "kept_picture": item.picture_id,
            "edition": item.edition,
        }
        for code in LANGUAGES:
            asked = [q.text for q in item.questions.all() if q.language == code]
            said = [s for s in item.starters.all() if s.language == code]
            kept[f"questions_{code}"] = "\n".join(asked)
            kept[f"starters_{code}"] = "\n".join(
                s.text.replace("\n", " ") for s in said if not s.whole
            )
            kept[f"whole_{code}"] = next((s.text for s in said if s.whole), "")
        return kept

    def clean_url(self) -> str:
        return web_address(self.cleaned_data["url"])

    def clean_owner_email(self) -> Member | None:
        email = self.cleaned_data["owner_email"]
        if not email:
            return None
        owner = Member.objects.filter(email__iexact=email).first()
        if owner is None:
            raise forms.ValidationError(
                _("Nobody here has this e-mail address. Check it.")
            )
        return owner

    def clean_kept_picture(self) -> Picture | None:
        """A picture this curator has just given, or the one the item has."""
        kept = self.cleaned_data["kept_picture"]
        mine = Q(by=self.curator, story=None) | Q(pk=self.instance.picture_id)
        return Picture.objects.filter(mine, pk=kept).first() if kept else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        shown = given.get("kept_picture") and not given.get("no_picture")
        if shown and not given.get("picture_alt"):
            self.add_error(
                "picture_alt", _("Say in a few words what the picture shows.")
            )
        return given

    def keep_picture(self, picture: Picture) -> None:
        """Remember a picture that came with this request."""
        given = cast(QueryDict, self.data).copy()
        given["kept_picture"] = str(picture.pk)
        given.pop("no_picture", None)
        self.data = given

    def again(self) -> "ItemForm":
        """The same words once more, on top of what was saved meanwhile."""
        given = cast(QueryDict, self.data).copy()
        saved = Item.objects.values_list("edition", flat=True)
        given["edition"] = str(saved.get(pk=self.instance.pk))
        self.data = given
        return self

    def card(self) -> Card:
        """What belongs to the item besides its own fields."""
        given = self.cleaned_data
        return Card(
            edition=given["edition"],
            owner=given["owner_email"],
            picture=None if given["no_picture"] else given["kept_picture"],
            picture_alt=given["picture_alt"],
            picture_people=given["picture_people"],
            topics=given["topics"],
            audience=given["audience"],
            questions={code: given[f"questions_{code}"] for code in LANGUAGES},
            starters=self._starters(),
        )

    def _starters(self) -> list[tuple[str, str, bool]]:
        found = [
            (code, text, False)
            for code in LANGUAGES
            for text in self.cleaned_data[f"starters_{code}"]
        ]
        whole = [(code, self.cleaned_data[f"whole_{code}"], True) for code in LANGUAGES]
        return found + [part for part in whole if part[1]]

    def own_words(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, for the template: (name, fields)."""
        return [
            (str(name), [self[f"{kind}_{code}"] for kind in KINDS])
            for code, name in settings.LANGUAGES
        ]


KINDS = ("questions", "starters", "whole")
