"""What people were given: read off the rows of each noun."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pesue.encouragement.given import HONOUR, MEANING, Given
from pesue.encouragement.models import Impact, Thanks

GIVEN = [
    Given("thanks", HONOUR, _("a colleague thanked you"), Thanks, "receiver", "at"),
    Given("impact", MEANING, _("you were told what it did"), Impact, "member", "at"),
]


def given(one: Given, *, since: datetime, until: datetime) -> Iterator[int]:
    """Whom it was given to between the two, once for each time."""
    rows = one.model.objects.filter(
        **dict(one.where), **{f"{one.at}__gte": since, f"{one.at}__lt": until}
    )
    found: Iterator[int] = rows.values_list(one.to, flat=True).iterator(5000)
    return found
