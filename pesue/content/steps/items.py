from datetime import datetime, timedelta
from time import monotonic

from django.utils.timezone import localdate

from pesue.content.actions.reading import read_for
from pesue.content.models import Item, Reading
from pesue.foundation.moves import LostRace

AT_ONCE = 20  # in one turn, so that other steps get theirs


def read_pages(now: datetime) -> int:
    """Read the pages and pictures that items wait for. Returns how many it tried."""
    due = Reading.objects.filter(state=Reading.State.WAITING, next_at__lte=now)
    readings = list(due.select_related("item").order_by("next_at", "pk")[:AT_ONCE])
    began = monotonic()
    for reading in readings:
        # By the clock: one that is begun late in a slow turn is not stuck.
        read_for(reading, now=now + timedelta(seconds=monotonic() - began))
    return len(readings)


def expire_items(now: datetime) -> int:
    """Take from the library what was valid until yesterday. Returns how many."""
    over = Item.objects.filter(state=Item.State.READY, valid_until__lt=localdate(now))
    items = list(over[:1000])
    for item in items:
        try:
            item.move(Item.State.EXPIRED, now=now)
        except LostRace:
            continue  # someone has just changed it; the next turn looks again
    return len(items)
