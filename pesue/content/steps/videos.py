from contextlib import suppress
from datetime import datetime

from pesue.content.actions.videos import check_video
from pesue.content.models import Video
from pesue.foundation.moves import LostRace

AT_ONCE = 2  # in one turn: each may take a minute


def check_videos(now: datetime) -> int:
    """Check and pack the videos that wait. Returns how many."""
    waiting = Video.objects.filter(state=Video.State.WAITING)
    videos = list(waiting.order_by("state_since", "pk")[:AT_ONCE])
    for video in videos:
        with suppress(LostRace):  # another was put in its place meanwhile
            check_video(video, now=now)
    return len(videos)
