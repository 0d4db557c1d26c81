"""What the worker does in this room. Each step may be run again at any time."""

from datetime import datetime, timedelta

from pesue.doors.actions import actors, delivering, posts
from pesue.doors.actions.outgoing import forget_said

KEPT = timedelta(days=30)  # closed actors, and what was said


def keep_actors(now: datetime) -> int:
    """Open, close and change those who can be followed, as they wish."""
    closed = actors.close_people(now=now)
    opened = actors.open_people(now=now)
    return closed + opened + actors.make_keys() + actors.tell_changes(now=now)


def tell_followers(now: datetime) -> int:
    """What was taken off the web goes first."""
    return posts.take_back(now=now) + posts.tell(now=now)


def release_deliveries(now: datetime) -> int:
    return delivering.release_stuck(now=now)


def deliver(now: datetime) -> int:
    return delivering.deliver(now=now)


def forget_followers(now: datetime) -> int:
    """Dead inboxes, actors long closed, and what everybody has been told."""
    return (
        delivering.bury_dead(now=now)
        + actors.forget_closed(before=now - KEPT)
        + forget_said(before=now - KEPT)
    )
