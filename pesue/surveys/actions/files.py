"""Files that organisations give each other: the key of ours, and theirs taken in."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.foundation.secrets import seal, unseal
from pesue.foundation.signed import NotRead, Why
from pesue.surveys.actions.refusals import NotDone
from pesue.surveys.models import SigningKey

AHEAD = timedelta(days=1)  # that another's clock may be
ROW = "signing key"
WORDS: dict[Why, str | Promise] = {
    Why.FOREIGN: gettext_lazy(
        "That is no file of figures from Pesue. Ask for the file as it was downloaded."
    ),
    Why.TOO_NEW: gettext_lazy(
        "The file was made by a newer Pesue than this one. Update, then try again."
    ),
    Why.CHANGED: gettext_lazy(
        "The file was changed after it was made: its signature does not fit. Ask for "
        "it once more."
    ),
    Why.WRONG: gettext_lazy(
        "The file holds figures that cannot be, so nothing of it was taken."
    ),
}


def own_key() -> SigningKey:
    """Made when it is first needed; of two that make one at once, one stays."""
    found = SigningKey.objects.filter(pk=1).first()
    if found is not None:
        return found
    made = Ed25519PrivateKey.generate()
    public = made.public_key().public_bytes_raw()
    fresh = SigningKey(
        pk=1,
        sealed=seal(made.private_bytes_raw().hex(), row=ROW),
        public=b64encode(public).decode(),
    )
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        return SigningKey.objects.get(pk=1)
    return fresh


def secret_of(key: SigningKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex(unseal(key.sealed, row=ROW))
    )


class Dated(Protocol):
    @property
    def when(self) -> datetime: ...


T = TypeVar("T", bound=Dated)
Row = TypeVar("Row", bound=models.Model)


def theirs(
    raw: bytes,
    opened: Callable[[str], tuple[T, str]],
    *,
    is_ours: str,
    now: datetime,
) -> tuple[T, str]:
    """What another organisation's file tells, and its public key.

    Raises NotDone; for a file of our own in the words `is_ours`.
    """
    try:
        told, public = opened(raw.decode())
    except UnicodeDecodeError as error:
        raise NotDone(str(WORDS[Why.FOREIGN])) from error
    except NotRead as refusal:
        raise NotDone(str(WORDS[refusal.why])) from refusal
    if SigningKey.objects.filter(public=public).exists():
        raise NotDone(is_ours)
    if told.when > now + AHEAD:
        raise NotDone(str(WORDS[Why.WRONG]))
    return told, public


def take_newer(table: type[Row], key: Mapping[str, str], fields: dict[str, Any]) -> Row:
    """Keep `fields` in place of an older file's; `made` says which is. Raises NotDone.

    Of two that come at once, one waits for the other.
    """
    rows = table._default_manager.select_for_update()
    with transaction.atomic():
        here, is_new = rows.get_or_create(**key, defaults=fields)
        if not is_new:
            if here.made >= fields["made"]:  # type: ignore[attr-defined]
                raise NotDone(_("We have this file or a newer one of theirs already."))
            for name, value in fields.items():
                setattr(here, name, value)
            here.save()
    return here
