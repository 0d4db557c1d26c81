"""What can be asked of accounts."""

from django.db.models import Count, Q, QuerySet

from pesue.people.models import Member
from pesue.sharing.models import Account, Share

_WAITS = Q(shares__state__in=[Share.State.SCHEDULED, Share.State.SENDING])


def accounts_of(member: Member) -> "QuerySet[Account]":
    """The member's accounts, `waiting` shares counted, the connected ones first."""
    rows = Account.objects.filter(member=member)
    return rows.annotate(waiting=Count("shares", filter=_WAITS)).order_by(
        "state", "channel", "handle"
    )


def connected(member: Member, channel: str = "") -> "QuerySet[Account]":
    """The accounts we may post to for the member, on one channel or on all."""
    rows = Account.objects.filter(member=member, state=Account.State.CONNECTED)
    if channel:
        rows = rows.filter(channel=channel)
    return rows.order_by("channel", "handle")
