"""What leaders can do: choose a rhythm, name an assistant, tell inside."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.models import Item
from pesue.example.messages import leaders as messages
from pesue.example.models import (
    Assistant,
    Handover,
    Inside,
    InsidePost,
    LeaderPlan,
)
from pesue.example.rhythm import first
from pesue.guidance.models import Topic
from pesue.people.models import Member

FARTHEST = timedelta(days=366)


class NotDone(Exception):
    """The message says why, and what to do instead."""


def plan(
    member: Member,
    *,
    every: str,
    weekday: int,
    inside: Sequence[str],
    outside: Sequence[str],
    now: datetime,
) -> LeaderPlan:
    """The leader's own choice, from tomorrow on."""
    chosen = {
        "every": every,
        "weekday": weekday,
        "inside": list(inside),
        "outside": list(outside),
        "next_on": first(every, weekday, localdate(now)),
    }
    return LeaderPlan.objects.update_or_create(member=member, defaults=chosen)[0]


def name(leader: Member, assistant: Member, *, until: date, now: datetime) -> Assistant:
    """Let somebody prepare texts for the leader, until a day. Raises NotDone."""
    today = localdate(now)
    if assistant == leader:
        raise NotDone(_("Choose somebody else: what you write is yours anyway."))
    if not assistant.is_active:
        raise NotDone(_("They are not here any more. Choose somebody else."))
    if not today <= until <= today + FARTHEST:
        raise NotDone(_("Choose a day within a year from now."))
    try:
        with transaction.atomic():
            named = Assistant.objects.create(
                leader=leader,
                assistant=assistant,
                until=until,
                state=Assistant.State.GOING,
                state_since=now,
            )
            messages.named(named, now=now)
    except IntegrityError as error:
        raise NotDone(
            _("Somebody prepares for you already. End that first.")
        ) from error
    return named


def end(named: Assistant, *, now: datetime) -> None:
    """By either, at once: what was begun and not given to the leader is deleted.

    Raises LostRace.
    """
    if named.state != Assistant.State.GOING:
        return
    with transaction.atomic():
        named.move(Assistant.State.ENDED, now=now)
        open_ones = Handover.objects.filter(
            leader=named.leader_id, state=Handover.State.ASKED
        )
        open_ones.update(state=Handover.State.ENDED, state_since=now, text="")


def tell_inside(
    member: Member,
    *,
    place: str,
    topic: Topic | None,
    item: Item | None,
    text: str,
    now: datetime,
) -> Inside:
    """Note what the leader tells inside; they copy it there themselves."""
    return Inside.objects.create(
        member=member, place=place, topic=topic, item=item, text=text, at=now
    )


def not_told(told: Inside) -> None:
    """Raises NotDone once it was published: what stands there was told."""
    posts = InsidePost.objects.filter(inside=told)
    if posts.exclude(state=InsidePost.State.REFUSED).exists():
        raise NotDone(_("It was published, so it stays noted. Delete it there first."))
    told.delete()
