"""Putting mail in line, and which mail one wants."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from pesue.people.models import Member
from pesue.reach.kinds import KINDS, Kind
from pesue.reach.models import Message, Unsubscription

State = Message.State


def queue(
    kind: Kind,
    once: str,
    *,
    to: Member | str,
    address: str = "",
    language: str,
    subject: str,
    text: str,
    html: str = "",
    now: datetime,
    not_before: datetime | None = None,
    ends_at: datetime | None = None,
) -> bool:
    """Put one mail in line; False if one with this `once` is or has been there.

    `once` names the reason ("impact:12:25"), so that a step run twice writes once.
    `to` is a member, or the address of somebody who is not one yet. `address` is
    another one of the member's than that of today.
    """
    member = to if isinstance(to, Member) else None
    message = Message(
        member=member,
        to=address or (member.email if member else str(to)),
        kind=kind.key,
        once=once,
        language=language,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        at=now,
        not_before=not_before or now,
        ends_at=ends_at,
        state=State.WAITING,
        state_since=now,
    )
    return _put(message)


def tell(
    kind: Kind,
    once: str,
    *,
    to: Member,
    subject: str,
    words: Iterable[str],
    page: str,
    now: datetime,
    ends_at: datetime | None = None,
) -> bool:
    """Put a mail to a member in line: what there is of `words`, a paragraph each, and
    below them the address of the page; as `queue`.

    To be called in the member's language. `page` is a path, as of `reverse`.
    """
    return queue(
        kind,
        once,
        to=to,
        language=to.language,
        subject=subject,
        text="\n\n".join([*filter(None, words), f"{settings.ADDRESS}{page}"]),
        now=now,
        ends_at=ends_at,
    )


def _put(message: Message) -> bool:
    if Message.objects.filter(once=message.once).exists():
        return False  # most often; the database decides between two at once
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def unsubscribe(member: Member, kind: Kind, *, now: datetime) -> None:
    """No more mail of that kind. Twice is once."""
    Unsubscription.objects.get_or_create(
        member=member, kind=kind.key, defaults={"at": now}
    )


def choose(member: Member, wanted: Sequence[str], *, now: datetime) -> None:
    """Mail of the kinds in `wanted`, and of no other that can be declined."""
    for kind in KINDS.values():
        if kind.key in wanted or kind.asked_for:
            Unsubscription.objects.filter(member=member, kind=kind.key).delete()
        else:
            unsubscribe(member, kind, now=now)
