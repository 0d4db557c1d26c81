"""The only way from a request to a share or an account."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.content.access import item_for
from pesue.content.models import Item
from pesue.people.models import Member
from pesue.sharing.models import Account, Share, Voice
from pesue.sharing.queries.shares import draft_of


def own_account(member: Member, account_id: int) -> Account:
    """The member's own account; 404 for anyone else's, as if it did not exist."""
    return get_object_or_404(Account, pk=account_id, member=member)


def own_share(member: Member, share_id: int) -> Share:
    """The member's own share; 404 for anyone else's, as if it did not exist.

    Nobody else reads a share through Pesue before its author agrees: those who lead
    see totals, never texts.
    """
    rows = Share.objects.select_related(
        "item__concept", "account", "picture", "link", "member"
    )
    return get_object_or_404(rows, pk=share_id, member=member)


def item_to_compose(member: Member, item_id: int) -> tuple[Item, Share | None]:
    """An item the member may tell of, and the draft begun about it.

    What one has begun to write stays open, even once the item is not for one any more.
    """
    rows = Item.objects.select_related("picture", "concept", "owner")
    item = get_object_or_404(rows, pk=item_id)
    draft = draft_of(member, item)
    if draft is None:
        item_for(member, item_id)
        if item.state != Item.State.READY:
            raise Http404
    return item, draft


def own_voice(member: Member, voice_id: int) -> Voice:
    """The member's own voice note; 404 for anyone else's, whatever they may do."""
    rows = Voice.objects.select_related("share", "story")
    return get_object_or_404(rows, pk=voice_id, member=member)
