"""What the worker does with posts that wait by lot. May be run again at any time."""

from datetime import datetime

from pesue.sharing.actions.delaying import release
from pesue.sharing.models import Share


def release_delayed(now: datetime) -> int:
    """Send at once what no trial holds back any more. Returns how many."""
    waiting = Share.objects.filter(
        state=Share.State.SCHEDULED, pressed_at__isnull=False, send_at__gt=now
    ).select_related("member")
    return sum(release(share, now=now) for share in waiting)
