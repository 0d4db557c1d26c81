"""What is kept sealed of second factors."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from pesue.foundation.secrets import ring

SEALED = ("secret", "seed")  # in `data`: of an app's codes, of the recovery codes


def reseal() -> int:
    """Seal all second factors with the newest key. Returns how many were resealed.

    Safe to run while people sign in: each row is locked as it is written anew, so
    that a recovery code used meanwhile stays used. Raises CannotUnseal.
    """
    ids = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_reseal(pk) for pk in list(ids))


@transaction.atomic
def _reseal(pk: int) -> bool:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None:
        return False  # taken away meanwhile
    old = {name: factor.data[name] for name in SEALED if name in factor.data}
    if all(ring().is_newest(sealed) for sealed in old.values()):
        return False
    factor.data |= {name: encrypt(decrypt(sealed)) for name, sealed in old.items()}
    factor.save(update_fields=["data"])
    return True
