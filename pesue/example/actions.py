"""What can be done with examples. Only the author decides what is shown."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from pesue.example import messages, queries
from pesue.example.models import Seen, Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share

State = Showcase.State


def nominate(url: str, by: Member, *, now: datetime, good: str = "") -> None:
    """Ask the author of the post at `url` whether colleagues may be shown it.

    Silent when we know no such post, when its author has been asked before, or is
    `by`: nobody learns from this who shares, or who said no.
    """
    share = queries.posts_at(url).exclude(member=by).select_related("member").first()
    if share is None:
        return
    with transaction.atomic():
        showcase, new = Showcase.objects.get_or_create(
            share=share,
            defaults={
                "author": share.member,
                "asked_by": by,
                "good": good,
                "state": State.ASKED,
                "state_since": now,
            },
        )
        if new:
            messages.asked(showcase, now=now)


def offer(share: Share, *, now: datetime) -> None:
    """The author's own wish to have their post shown as an example.

    Raises LostRace if it was answered elsewhere at the same moment.
    """
    with transaction.atomic():
        showcase, new = Showcase.objects.get_or_create(
            share=share,
            defaults={
                "author_id": share.member_id,
                "state": State.AGREED,
                "state_since": now,
            },
        )
    if not new and showcase.state != State.AGREED:
        showcase.move(State.AGREED, now=now)


def agree(showcase: Showcase, *, now: datetime) -> None:
    """Raises ForbiddenMove, LostRace."""
    showcase.move(State.AGREED, now=now)


def decline(showcase: Showcase, *, now: datetime) -> None:
    """Nobody is told. Raises ForbiddenMove, LostRace."""
    showcase.move(State.DECLINED, now=now)


def end(showcase: Showcase, *, now: datetime) -> None:
    """Show it no more, at once. Raises ForbiddenMove, LostRace."""
    showcase.move(State.ENDED, now=now)


def today(member: Member, *, now: datetime) -> queries.Example | None:
    """The member's one example of the day, or None.

    It stays for the day (while its author agrees), so it is remembered; its author
    is not shown to the same member on the next day.
    """
    day = localdate(now)
    seen = queries.seen(member)
    before = seen.resting(day) if seen else None
    if seen and seen.day == day:
        standing = queries.example(seen.showcase_id, member)
        if standing:
            return standing
    chosen = queries.choice(member, day, without=before)
    if chosen is None:
        return None
    Seen.objects.update_or_create(
        member=member,
        defaults={"day": day, "showcase_id": chosen, "before_id": before},
    )
    return queries.example(chosen, member)
