"""The only way from a request to a row of this room."""

from django.shortcuts import get_object_or_404

from pesue.encouragement.models import Offer
from pesue.people.models import Member


def own_offer(member: Member, offer_id: int) -> Offer:
    """A step that the member was offered; 404 for anyone else's."""
    rows = Offer.objects.select_related("item")
    return get_object_or_404(rows, pk=offer_id, member=member)
