"""The kinds of mail there are. Each room declares its own. No Django but words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """Why we write. What was asked for is sent at once and cannot be declined."""

    key: str
    what: str | Promise  # for the list of what one may decline
    asked_for: bool = False


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    KINDS[kind.key] = kind
    return kind


SIGN_IN = declare(Kind("sign-in", _("Links to sign in"), asked_for=True))
ACCOUNT = declare(Kind("account", _("About my sign-in"), asked_for=True))
INVITATION = declare(Kind("invitation", _("Invitations"), asked_for=True))
