"""What can be done with examples. Only those whom they show decide what is shown."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from pesue.content.models import Story
from pesue.example import queries
from pesue.example.choosing import Tie
from pesue.example.levers import SHOWN
from pesue.example.messages import examples as messages
from pesue.example.models import Pictured, Seen, Showcase
from pesue.guidance.models import Value
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.trials.actions import met
from pesue.trials.queries import arm

State = Showcase.State
TIES: dict[str, Tie] = {"near": "near", "leader": "leader", "far": "far"}


def nominate(
    url: str, by: Member, *, now: datetime, good: str = "", value: Value | None = None
) -> None:
    """Ask the author of what stands at `url` whether colleagues may be shown it.

    Silent when we know nothing there, when its author has been asked before, or is
    `by`: nobody learns from this who shares, or who said no.
    """
    share = queries.posts_at(url).exclude(member=by).select_related("member").first()
    story = None if share else queries.stories_at(url).exclude(author=by).first()
    author = share.member if share else story.author if story else None
    if author is None:
        return
    asked = {"author": author, "asked_by": by, "good": good, "value": value}
    with transaction.atomic():
        showcase, new = Showcase.objects.get_or_create(
            share=share,
            story=story,
            defaults={**asked, "state": State.ASKED, "state_since": now},
        )
        if new:
            messages.asked(showcase, now=now)


def offer(told: Share | Story, by: Member, *, now: datetime) -> Showcase:
    """The author's own wish to have theirs shown as an example.

    Raises LostRace if it was answered elsewhere at the same moment.
    """
    kind = "share" if isinstance(told, Share) else "story"
    with transaction.atomic():
        showcase, new = Showcase.objects.get_or_create(
            **{kind: told},
            defaults={"author": by, "state": State.AGREED, "state_since": now},
        )
    if not new and showcase.state != State.AGREED:
        showcase.move(State.AGREED, now=now)
    return showcase


def agree(showcase: Showcase, *, now: datetime) -> None:
    """Raises ForbiddenMove, LostRace."""
    showcase.move(State.AGREED, now=now)


def decline(showcase: Showcase, *, now: datetime) -> None:
    """Nobody is told. Raises ForbiddenMove, LostRace."""
    showcase.move(State.DECLINED, now=now)


def end(showcase: Showcase, *, now: datetime) -> None:
    """Show it no more, at once. Raises ForbiddenMove, LostRace."""
    showcase.move(State.ENDED, now=now)


def shape(
    showcase: Showcase,
    *,
    until: date | None,
    pictured: bool,
    people: Sequence[Member],
    now: datetime,
) -> None:
    """How the author wants it shown: until when, with its picture, and who is in it.

    Colleagues who were not asked before are asked; without their yes the picture stays
    away. Whoever was asked once stays asked: an author cannot take back their no.
    """
    with transaction.atomic():
        Showcase.objects.filter(pk=showcase.pk).update(until=until, pictured=pictured)
        for member in people:
            asked, new = Pictured.objects.get_or_create(
                showcase=showcase,
                member=member,
                defaults={"state": Pictured.State.ASKED, "state_since": now},
            )
            if new:
                messages.pictured(asked, now=now)


def answer_picture(asked: Pictured, *, agrees: bool, now: datetime) -> None:
    """Yes or no to a picture of oneself; either can follow the other.

    Raises LostRace. What stands already is no error.
    """
    to = Pictured.State.AGREED if agrees else Pictured.State.DECLINED
    if asked.state != to:
        asked.move(to, now=now)


def today(member: Member, *, now: datetime) -> queries.Example | None:
    """The member's one example of the day, or None.

    It stays for the day (while its author agrees), so it is remembered; its author
    is not shown to the same member in the days after, if there are others. While it is
    tried whose examples count, the member's lot says from where it comes.
    """
    day, given = localdate(now), arm(SHOWN.key, member, now)
    if given:
        met(SHOWN.key, member, now)  # in every arm: Today was opened
    if given and given.is_control:
        return None
    seen = queries.lately(member, day)
    if day in seen:
        standing = queries.example(seen[day].showcase_id, member, today=day)
        if standing:
            return standing
    only = TIES[given.key] if given else None
    chosen = queries.choice(member, day, seen, only=only)
    if chosen is None:
        return None
    Seen.objects.update_or_create(
        member=member, day=day, defaults={"showcase_id": chosen[0], "tie": chosen[1]}
    )
    return queries.example(chosen[0], member, today=day)
