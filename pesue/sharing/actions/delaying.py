"""Posts that go out some days later than their author pressed, because a lot fell so.

The lot is an item's: it is drawn when somebody first presses Publish about it. All that
is pressed about a drawn item in the three days from then on waits until they are over,
each until the hour in which it was pressed. So in those days nothing that Pesue sends
brings anybody to its page, while as many people wanted it to as for the others.
"""

from datetime import datetime

from django.utils.timezone import localdate, localtime

from pesue.sharing.actions.locks import why_locked
from pesue.sharing.channels import base
from pesue.sharing.levers import DELAY
from pesue.sharing.models import Share
from pesue.trials.actions import appear, wanted
from pesue.trials.queries import held_until, meets


def delayed_until(
    share: Share, channel: base.Channel, *, now: datetime
) -> datetime | None:
    """When a share that is pressed now goes out, if it has to wait; the lot is drawn.

    None for one who stays out of trials, where a network lets us post at the press of a
    button only, and where the day after the wait would be too late or is locked.
    """
    item, today = share.item, localdate(now)
    if not channel.allows(base.About.SCHEDULE) or not meets(DELAY.key, share.member):
        return None
    appear(DELAY.key, item.pk, now, ends=item.valid_until)
    wanted(DELAY.key, item.pk, share.member, now)
    until = held_until(DELAY.key, item.pk, today=today, member=share.member)
    if until is None or (item.valid_until and until > item.valid_until):
        return None
    at = localtime(now) + (until - today)
    return None if why_locked(share, now=at) else at


def release(share: Share, *, now: datetime) -> bool:
    """Let a share go out now that waits by lot and need not any more; whether it did.

    Its trial was ended early, or its author stays out of trials since.
    """
    today = localdate(now)
    day = localdate(share.send_at) if share.send_at else today
    waits = held_until(DELAY.key, share.item_id, today=today, member=share.member)
    if waits or day <= today:
        return False
    waiting = Share.objects.filter(
        pk=share.pk, state=Share.State.SCHEDULED, send_at=share.send_at
    )
    return bool(waiting.update(send_at=now))
