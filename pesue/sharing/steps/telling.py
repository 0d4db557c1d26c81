"""What the worker writes to members whose posts or accounts need them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from pesue.foundation.models import Run
from pesue.people.models import Member
from pesue.sharing import messages
from pesue.sharing.models import Account, Share

MARGIN = timedelta(minutes=5)  # far longer than storing a row takes
# Whoever sits before the page has seen it by then, and may have mended it; and we
# have looked several times for a post that we were not certain of.
PATIENCE = timedelta(minutes=5)
WRITES: dict[str, Callable[..., None]] = {
    Share.State.UNKNOWN: messages.unsure,
    Share.State.REFUSED: messages.refused,
}


def tell_needed(now: datetime) -> int:
    """Write about what has been uncertain, refused or disconnected for a while.

    A member who disconnected an account themself needs no letter: they left no `why`.
    Returns how many rows it looked at.
    """
    since = Run.last_finished(tell_needed, now=now)
    moved = Q(state_since__lte=now - PATIENCE, member__state=Member.State.ACTIVE)
    if since:
        moved &= Q(state_since__gt=since - PATIENCE - MARGIN)
    shares = Share.objects.filter(moved, state__in=list(WRITES))
    looked = 0
    for share in shares.select_related("member", "item"):
        WRITES[share.state](share, now=now)
        looked += 1
    accounts = Account.objects.filter(moved, state=Account.State.DISCONNECTED)
    for account in accounts.exclude(why="").select_related("member"):
        messages.lost(account, now=now)
        looked += 1
    return looked
