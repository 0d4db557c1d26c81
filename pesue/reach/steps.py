"""What the worker does in this room. Each step may be run again at any time."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

from django.core.mail import get_connection
from django.db.models import F
from django.utils.timezone import localdate

from pesue.foundation.moves import LostRace
from pesue.people.models import FormerAddress, Invitation, Member
from pesue.reach import messages
from pesue.reach.actions import outbox, sending
from pesue.reach.kinds import KINDS
from pesue.reach.models import Message
from pesue.reach.queries import declined, hours_of

log = logging.getLogger(__name__)

STUCK = timedelta(minutes=10)  # longer than any mail takes
BATCH = 100  # mails of one turn
KEPT = timedelta(days=90)  # a sent mail's row: that we wrote, not what
FILES_KEPT = timedelta(days=7)  # mails as files, where there is no mail server
State = Message.State


def mail_invitations(now: datetime) -> int:
    """Put personal invitations that nobody has mailed yet in line."""
    waiting = Invitation.objects.filter(
        mailed_at=None, ends_at__gt=now, uses_left__gt=0
    ).exclude(email="")
    batch = list(waiting.order_by("pk")[:500])
    known = Member.objects.in_bulk([i.email for i in batch], field_name="email")
    for invitation in batch:
        member = known.get(invitation.email)
        if member is None or member.state == Member.State.INVITED:
            messages.invitation(invitation, now=now)
        elif member.is_active:
            messages.sign_in_link(member, now=now)
    Invitation.objects.filter(pk__in=[i.pk for i in batch]).update(mailed_at=now)
    return len(batch)


def tell_former_addresses(now: datetime) -> int:
    """Put in line what former addresses are to be told."""
    waiting = FormerAddress.objects.filter(member__state=Member.State.ACTIVE)
    some = list(waiting.select_related("member").order_by("pk")[:500])
    for former in some:
        messages.address_changed(former, now=now)
        former.delete()
    return len(some)


def release_stuck(now: datetime) -> int:
    """Settle mails whose worker died while sending."""
    stuck = Message.objects.filter(state=State.SENDING, state_since__lt=now - STUCK)
    for message in stuck:
        sending.uncertain(message, why="the worker died while sending", now=now)
    return len(stuck)


def send_mail(now: datetime) -> int:
    """Send what is due: first what people asked for and wait for."""
    urgent = [kind.key for kind in KINDS.values() if kind.asked_for]
    due = Message.objects.filter(state=State.WAITING, not_before__lte=now)
    batch = [
        *due.filter(kind__in=urgent).order_by("not_before", "pk")[:BATCH],
        *due.exclude(kind__in=urgent)
        .select_related("member__team")
        .order_by("not_before", "pk")[:BATCH],
    ]
    wanted = [message for message in batch if may_go(message, now=now)]
    if wanted:
        _send(wanted, now=now)
    return len(batch)


def _send(batch: list[Message], *, now: datetime) -> None:
    """One connection for all. Without one, they wait, and nothing has been tried."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's own are OSErrors, too
        log.warning("the mail server does not answer: %s", error)
        for message in batch:
            later = now + sending.wait(message)
            Message.objects.filter(pk=message.pk, state=State.WAITING).update(
                not_before=later,
                tries=F("tries") + (1 if message.tries < sending.MOST_TRIES else 0),
                why=str(error)[:300],
            )
        return
    began = monotonic()
    try:
        for message in batch:
            # By the clock: one that is sent late in a slow turn is not stuck.
            at = now + timedelta(seconds=monotonic() - began)
            with suppress(LostRace):  # released as stuck meanwhile
                sending.send(message, connection, now=at)
    finally:
        connection.close()


def may_go(message: Message, *, now: datetime) -> bool:
    """Whether a due mail goes out now; else it waits for its hour, or is dropped."""
    member = message.member
    kind = KINDS.get(message.kind)
    gone = member is not None and member.state in (
        Member.State.LEFT,
        Member.State.ERASED,
    )
    late = message.ends_at is not None and message.ends_at <= now
    if kind is None or gone or late:
        return _drop(message, now=now)
    if kind.asked_for or member is None:
        return True
    if declined(member, kind):
        return _drop(message, now=now)
    opens = hours_of(member).next_open(now)
    if member.paused_until and localdate(opens) < member.paused_until:
        return _drop(message, now=now)
    if opens > now:
        Message.objects.filter(pk=message.pk, state=State.WAITING).update(
            not_before=opens
        )
    return opens <= now


def _drop(message: Message, *, now: datetime) -> bool:
    try:
        message.move(State.DROPPED, now=now, text="", html="")
    except LostRace:
        log.info("%s was taken by another worker", message)
    return False


def forget(now: datetime) -> int:
    """Delete the rows of mails long over, and mails that lie as files."""
    over = [State.SENT, State.FAILED, State.UNKNOWN, State.DROPPED]
    old = Message.objects.filter(state__in=over, state_since__lt=now - KEPT)
    ids = list(old.values_list("pk", flat=True)[:1000])
    Message.objects.filter(pk__in=ids).delete()
    return len(ids) + outbox.sweep(before=now - FILES_KEPT)
