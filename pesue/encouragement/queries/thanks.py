"""What can be asked about thanks."""

from collections.abc import Iterable

from django.db.models import QuerySet

from pesue.encouragement.models import Thanks
from pesue.people.models import Member


def thanked(giver: Member, share_ids: Iterable[int]) -> set[int]:
    """Those of the shares that `giver` has thanked for. One query."""
    rows = Thanks.objects.filter(giver=giver, share_id__in=list(share_ids))
    return set(rows.values_list("share_id", flat=True))


def received(member: Member) -> QuerySet[Thanks]:
    """All thanks the member got, newest first."""
    rows = Thanks.objects.filter(receiver=member)
    return rows.select_related("giver", "share__item", "item").order_by("-at", "-pk")


def given(member: Member) -> QuerySet[Thanks]:
    """All thanks the member gave, newest first."""
    rows = Thanks.objects.filter(giver=member)
    return rows.select_related("receiver", "share__item", "item").order_by("-at", "-pk")
