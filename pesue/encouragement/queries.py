"""What can be asked about thanks."""

from collections.abc import Iterable

from pesue.encouragement.models import Thanks
from pesue.people.models import Member


def thanked(giver: Member, share_ids: Iterable[int]) -> set[int]:
    """Those of the shares that `giver` has thanked for. One query."""
    rows = Thanks.objects.filter(giver=giver, share_id__in=list(share_ids))
    return set(rows.values_list("share_id", flat=True))
