"""The only way from a request to a person who is not signed in."""

from django.core.signing import BadSignature, loads
from django.http import Http404
from sesame.utils import get_user

from pesue.people.models import Member
from pesue.reach.kinds import KINDS, Kind


def reachable(email: str) -> Member | None:
    """An active or invited member with this address."""
    states = [Member.State.ACTIVE, Member.State.INVITED]
    return Member.objects.filter(email=email.lower(), state__in=states).first()


def bearer(token: str) -> Member | None:
    """Whose sign-in link this is; None once it has been used or its time is over."""
    found = get_user(token, update_last_login=False)
    return found if isinstance(found, Member) else None


def unsubscriber(token: str) -> tuple[Member, Kind]:
    """Whose mail of which kind the address at the end of it stops; else 404."""
    try:
        member_id, key = loads(token, salt="pesue.unsubscribe")
        return Member.objects.get(pk=member_id), KINDS[key]
    except (BadSignature, ValueError, KeyError, Member.DoesNotExist) as error:
        raise Http404 from error
