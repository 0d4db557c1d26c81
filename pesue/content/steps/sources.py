from datetime import datetime, timedelta

from pesue.content import actions
from pesue.content.models import Reading, Source, Video

STUCK = timedelta(minutes=10)  # far longer than any reading
AT_ONCE = 20  # in one turn, so that other steps get theirs


def poll_sources(now: datetime) -> int:
    """Read the feeds that are due. Returns how many it tried."""
    due = Source.objects.filter(state=Source.State.WAITING, next_at__lte=now)
    sources = list(due.order_by("next_at", "pk")[:AT_ONCE])
    for source in sources:
        actions.poll(source, now=now)
    return len(sources)


def release_stuck(now: datetime) -> int:
    """Put back what a worker held when it died. Returns how many."""
    count = 0
    for model in (Source, Reading):
        held = model.objects.filter(state="reading", state_since__lt=now - STUCK)
        count += held.update(state="waiting", state_since=now)
    videos = Video.objects.filter(
        state=Video.State.CHECKING, state_since__lt=now - STUCK
    )
    return count + videos.update(state=Video.State.WAITING, state_since=now)
