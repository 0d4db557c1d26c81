"""What people fill in about sharing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base


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
