"""Stories are told to followers, and taken back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from pesue.content.models import Story
from pesue.doors.actions import outgoing
from pesue.doors.models import Activity, Actor, Post
from pesue.doors.queries import documents
from pesue.doors.queries import posts as asked
from pesue.doors.queries.actors import open_actors, the_house

MOST = 1000  # stories of one turn


def tell(*, now: datetime) -> int:
    """Tell each story that waits: first by its author, then by the house."""
    house = the_house()
    if house is None:
        return 0
    done = 0
    for story in asked.to_tell()[:MOST]:
        own = open_actors().filter(member=story.author).first()
        done += own is not None and _tell(own, story, now)
    for story in asked.for_the_house(house)[:MOST]:
        done += _tell(house, story, now)
    return done


def _tell(actor: Actor, story: Story, now: datetime) -> bool:
    """False if another worker did just now."""
    assert story.accepted_at
    note = asked.live().filter(story=story, note=None).first()
    try:
        with transaction.atomic():
            post = Post.objects.create(
                actor=actor, story=story, note=note, at=story.accepted_at
            )
            _push(post, now)
    except IntegrityError:
        return False
    return True


def _push(post: Post, now: datetime) -> None:
    if post.at < post.actor.made_at:  # for whoever looks into the outbox
        return
    [whole] = asked.with_story(Post.objects.filter(pk=post.pk))
    outgoing.say(
        post.actor,
        documents.told(whole),
        outgoing.of_followers(post.actor),
        now=now,
        post=post,
    )


def take_back(*, now: datetime) -> int:
    """Take back each post that may not stand any more."""
    rows = asked.to_take_back().select_related("actor", "note__actor")
    return sum(withdraw(post, now=now) for post in rows[:MOST])


def withdraw(post: Post, *, now: datetime) -> bool:
    """What is on its way with it is not sent any more. False if it was done before."""
    with transaction.atomic():
        rows = Post.objects.filter(pk=post.pk, withdrawn_at=None)
        if not rows.update(withdrawn_at=now):
            return False
        Activity.objects.filter(post=post).update(over=True)
        outgoing.say(
            post.actor,
            documents.untold(post),
            outgoing.everywhere(),
            now=now,
            post=post,
        )
    return True
