"""Doing one thing that a person asked for, and saying how it went."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pesue.foundation.moves import ForbiddenMove, LostRace


def tried(
    request: HttpRequest,
    do: Callable[[], object],
    said: str,
    *refusals: type[Exception],
) -> bool:
    """Do it and say so; else a refusal's own words, which say what to do instead.

    Whether it was done.
    """
    try:
        do()
    except refusals as refusal:
        messages.warning(request, str(refusal))
    except (ForbiddenMove, LostRace):
        messages.warning(request, _("It has changed meanwhile. See how it is now."))
    else:
        messages.success(request, said)
        return True
    return False
