"""Why an address was not read, in words that tell a lead what to do."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "scheme": _("Give an address that begins with https:// or http://."),
    "address": _("“{url}” is not a web address. Copy it again from the browser."),
    "password": _("The address holds a password. Give it without one."),
    "private": _(
        "{host} is inside a private network, so we do not open it. If it is your "
        "own intranet, an administrator can allow it: PESUE_ALLOW_PRIVATE_NETWORKS."
    ),
    "port": _("We do not open the port {port}. Web pages use 443 or 80."),
    "unknown": _("We cannot find {host}. Check the spelling."),
    "silent": _("{host} does not answer. Try again later."),
    "certificate": _("The certificate of {host} is not valid, so we did not go on."),
    "slow": _("{host} took too long to answer. Try again later."),
    "broken": _("The answer of {host} broke off or made no sense. Try again later."),
    "redirects": _("{host} sends us round in circles. Give the final address."),
    "large": _("The file is over {megabytes} MB. Give a smaller one."),
    "type": _("This is {type}, which we cannot use here."),
    "gone": _("There is nothing at this address (any more). Check it."),
    "closed": _("{host} lets only signed-in visitors see this page."),
    "busy": _("{host} asks us to come back later."),
    "error": _("{host} answered with the error {status}. Try again later."),
}


class Unfetchable(Exception):
    """We could not, or would not, read an address. str() tells a lead what to do.

    `reason` is a key of REASONS; `about` fills its sentence, so that both can be
    kept and read later in another language. `wait` is how long the other side
    asked us to stay away.
    """

    def __init__(
        self, reason: str, *, wait: timedelta | None = None, **about: str | int
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.wait = wait

    def __str__(self) -> str:
        return told(self.reason, self.about)


def told(reason: str, about: Mapping[str, Any]) -> str:
    """The sentence for a reason, in the language of whoever reads it now."""
    return str(REASONS[reason]).format(**about)


class Forbidden(httpx.ConnectError):
    """The name leads to an address or a port that we do not open."""

    def __init__(self, reason: str, **about: str | int) -> None:
        super().__init__(told(reason, about))
        self.refusal = Unfetchable(reason, wait=None, **about)
