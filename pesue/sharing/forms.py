"""What people fill in about sharing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.sharing.actions.writing import Written
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.channels.places import origin
from pesue.sharing.models import Account, Share


class ConnectForm(forms.Form):
    """Who one is on a network, and on which server."""

    name = forms.CharField(
        label=_("Your name there"),
        max_length=300,
        help_text=_("Like anna.bsky.social."),
    )
    server = forms.CharField(
        label=_("Your server"),
        max_length=300,
        help_text=_(
            "Like mastodon.social; your whole name @anna@mastodon.social does."
        ),
    )
    password = forms.CharField(
        label=_("App password"),
        max_length=200,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Make one in Bluesky under Settings, Privacy and security. We do not keep "
            "it. Without one, you go to Bluesky and say yes there."
        ),
    )

    def __init__(
        self, channel: base.Publisher, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=channel.key)
        if channel.asks_name:
            self.fields["server"].required = False
            self.fields["server"].help_text = _(
                "Only if your account is not on the network's main server."
            )
        else:
            del self.fields["name"]
        if not channel.takes_password:
            del self.fields["password"]


class WordsField(forms.CharField):
    """Text as it was typed, whatever the browser made of its line ends."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


class ComposeForm(forms.Form):
    """What stands in the composer. Wrong values elsewhere never cost the words."""

    line = WordsField(label=_("First, so that readers know"), required=False)
    reason = WordsField(label=_("Why no mark?"), required=False, max_length=300)
    words = WordsField(
        label=_("Your words"), required=False, strip=False, widget=forms.Textarea
    )
    channel = forms.ChoiceField(label=_("Where"))
    account = forms.TypedChoiceField(
        label=_("Account"), required=False, coerce=int, empty_value=None
    )
    server = forms.CharField(
        label=_("Your server"),
        required=False,
        max_length=300,
        help_text=_("Like mastodon.social. Then the page there opens with your words."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    pictured = forms.BooleanField(label=_("With the picture"), required=False)
    alt = WordsField(label=_("What the picture shows"), required=False, max_length=1500)
    at = forms.DateTimeField(
        label=_("Time"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    window = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    draft = forms.IntegerField(
        min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = accounts
        channel, account = self.fields["channel"], self.fields["account"]
        channel.choices = [(key, c.name) for key, c in CHANNELS.items()]  # type: ignore[attr-defined]
        account.choices = [(a.pk, a.handle or a.name) for a in accounts]  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs["class"] = "box"

    def clean_line(self) -> str:
        """One line; what does not fit the row is cut, and shown so."""
        return " ".join(str(self.cleaned_data["line"]).split())[:300].strip()

    def clean_server(self) -> str:
        typed = self.cleaned_data["server"]
        if not typed:
            return ""
        try:
            return origin(typed)
        except base.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def written(self, item: Item, kept: Share | None) -> Written:
        """What is to be saved; a wrong value is left as it was kept."""
        self.is_valid()
        given = self.cleaned_data
        number = given.get("account") or 0
        return Written(
            words=given.get("words", ""),
            line=given.get("line", ""),
            channel=given.get("channel") or (kept.channel if kept else "anywhere"),
            language=given.get("language") or (kept.language if kept else "en"),
            reason=given.get("reason") or "",
            picture=item.picture if given.get("pictured") else None,
            alt=given.get("alt") or "",
            server=given.get("server") or "",
            account=next((a for a in self.accounts if a.pk == number), None),
            window=given.get("window") or "",
            edition=given.get("edition") or 0,
            draft=given.get("draft") or 0,
        )


class ReplyForm(forms.Form):
    """An answer to one question, as it is said."""

    text = WordsField(
        label=_("Your answer"),
        required=False,
        strip=False,
        max_length=5000,
        widget=forms.Textarea(
            attrs={
                "class": "box",
                "rows": 6,
                "autofocus": True,
                "autocomplete": "off",  # it would cover what is being dictated
                "autocapitalize": "sentences",
                "enterkeyhint": "enter",
                "spellcheck": "true",
            }
        ),
    )


class PostedForm(forms.Form):
    """Where the post can be seen, if one likes to tell."""

    url = forms.URLField(
        label=_("Its address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Then colleagues can find it and say thanks."),
        error_messages={
            "invalid": _("Copy the address from the browser; it begins with https://.")
        },
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and urlsplit(url).scheme not in {"http", "https"}:
            raise forms.ValidationError(self.fields["url"].error_messages["invalid"])
        return url
