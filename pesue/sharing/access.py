"""The only way from a request to a share or an account."""

from django.shortcuts import get_object_or_404

from pesue.people.models import Member
from pesue.sharing.models import Account


def own_account(member: Member, account_id: int) -> Account:
    """The member's own account; 404 for anyone else's, as if it did not exist."""
    return get_object_or_404(Account, pk=account_id, member=member)
