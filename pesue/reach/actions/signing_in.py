"""The way in by mail."""

from datetime import datetime

from pesue.people.actions.invitations import invite_again
from pesue.people.models import Member
from pesue.reach import messages


def ask_in(member: Member | None, *, now: datetime) -> None:
    """Mail the member a way in: a link to sign in, or the invitation once more.

    None, for an address that nobody has, does nothing.
    """
    if member is None:
        return
    if member.is_active:
        messages.sign_in_link(member, now=now)
    else:
        invite_again(member, now=now)
