"""Putting an activity in line for the inboxes that are to have it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from pesue.doors.models import Activity, Actor, Delivery, Follower, Inbox, Post
from pesue.doors.queries import documents
from pesue.doors.queries.documents import Document

AT_ONCE = 2000  # rows written together


def say(
    actor: Actor,
    document: Document,
    to: "QuerySet[Inbox]",
    *,
    now: datetime,
    post: Post | None = None,
) -> Activity:
    """Keep what is said, and a delivery for each inbox."""
    activity = Activity.objects.create(
        actor=actor, post=post, body=documents.text(document), at=now
    )
    waiting = Delivery.State.WAITING
    rows = (
        Delivery(
            activity=activity,
            inbox_id=inbox,
            state=waiting,
            state_since=now,
            not_before=now,
        )
        for inbox in to.values_list("pk", flat=True).order_by("pk")
    )
    Delivery.objects.bulk_create(rows, batch_size=AT_ONCE)
    return activity


def of_followers(actor: Actor) -> "QuerySet[Inbox]":
    # Not Exists: it would look at each inbox there is.
    theirs = Follower.objects.filter(actor=actor).values("inbox")
    return Inbox.objects.filter(pk__in=theirs)


def everywhere() -> "QuerySet[Inbox]":
    """All that were ever sent something and still answer: an echo, or somebody who
    has ceased to follow, may have brought a copy anywhere."""
    return Inbox.objects.all()


def forget_said(*, before: datetime) -> int:
    """What was said long ago, and waits for nobody."""
    waits = Delivery.objects.filter(activity=OuterRef("pk"))
    return Activity.objects.filter(~Exists(waits), at__lt=before).delete()[0]
