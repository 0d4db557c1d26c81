"""Letting go of what was said and answered, once the draft is none any more."""

from datetime import datetime, timedelta

from django.db.models import Q

from pesue.content.models import Story
from pesue.foundation.models import Run
from pesue.sharing.actions import voices
from pesue.sharing.models import Reply, Share, Voice

KEPT = timedelta(days=30)  # a voice note, however the draft stands
GONE = [Share.State.SHARED, Share.State.WITHDRAWN, Share.State.DELETED]
OVER = [Story.State.ACCEPTED, Story.State.WITHDRAWN]
MARGIN = timedelta(minutes=5)
YOUNG = timedelta(hours=1)  # a file whose row may be on its way


def forget_said(now: datetime) -> int:
    """Delete voice notes whose draft has gone out or is thrown away, and old ones; of
    answers, what was said. Returns how many rows it let go of."""
    over = Q(share__state__in=GONE) | Q(story__state__in=OVER)
    old = Voice.objects.filter(over | Q(at__lt=now - KEPT))
    gone = voices.let_go(old.order_by("pk")[:100])
    since = Run.last_finished(forget_said, now=now)
    shares = Share.objects.filter(state__in=GONE)
    if since:
        shares = shares.filter(state_since__gt=since - MARGIN)
    replies = Reply.objects.filter(share__in=shares).exclude(text="")
    return gone + replies.update(text="") + _sweep(since, now)


def _sweep(since: datetime | None, now: datetime) -> int:
    """Once an hour, files without a row: those of people who were erased."""
    if since and since.replace(minute=0, second=0, microsecond=0) == now.replace(
        minute=0, second=0, microsecond=0
    ):
        return 0
    before = (now - YOUNG).timestamp()
    files = {f.name: f for f in voices.room().iterdir() if f.stat().st_mtime < before}
    known = Voice.objects.filter(file__in=files).values_list("file", flat=True)
    for name in files.keys() - set(known):
        files[name].unlink(missing_ok=True)
    return len(files) - len(known)
