"""Sending what is due."""

import smtplib
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.signing import dumps
from django.urls import reverse

from pesue.foundation.moves import LostRace
from pesue.reach.kinds import KINDS, Kind
from pesue.reach.models import Message

State = Message.State
MOST_TRIES = 12
LONGEST_WAIT = timedelta(hours=6)


def send(message: Message, connection: BaseEmailBackend, *, now: datetime) -> None:
    """Send one waiting mail through an open connection, and record how it ended.

    What was asked for is sent until the server has certainly taken it, so it may come
    twice. A nudge that may have been taken is never sent again.
    """
    try:
        message.move(State.SENDING, now=now, tries=message.tries + 1)
    except LostRace:
        return  # another worker has it
    try:
        connection.send_messages([compose(message)])
    except smtplib.SMTPRecipientsRefused as no:
        codes = [code for code, _said in no.recipients.values()]
        _refused(message, no, for_good=all(code >= 500 for code in codes), now=now)
    except smtplib.SMTPResponseException as no:
        _refused(message, no, for_good=no.smtp_code >= 500, now=now)
    except (smtplib.SMTPException, OSError) as silence:
        uncertain(message, why=str(silence), now=now)
    else:
        message.move(State.SENT, now=now, why="", text="", html="")


def _refused(message: Message, no: Exception, *, for_good: bool, now: datetime) -> None:
    if for_good or message.tries >= MOST_TRIES:
        message.move(State.FAILED, now=now, why=str(no)[:300], text="", html="")
    else:
        again(message, why=str(no), now=now)


def again(message: Message, *, why: str, now: datetime) -> None:
    """Back in line, later each time."""
    later = now + wait(message)
    message.move(State.WAITING, now=now, not_before=later, why=why[:300])


def uncertain(message: Message, *, why: str, now: datetime) -> None:
    """The server went silent, or we did: it may have the mail."""
    if KINDS[message.kind].asked_for and message.tries < MOST_TRIES:
        again(message, why=why, now=now)
    else:
        message.move(State.UNKNOWN, now=now, why=why[:300], text="", html="")


def wait(message: Message) -> timedelta:
    """How long to wait after so many tries: sign-in links are waited for."""
    if KINDS[message.kind].asked_for:
        return timedelta(seconds=min(300, 5 * 2**message.tries))
    return min(LONGEST_WAIT, timedelta(minutes=2**message.tries))


def compose(message: Message) -> EmailMultiAlternatives:
    """The mail itself. Its Message-ID is the same at each attempt."""
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    name = sha256(message.once.encode()).hexdigest()[:32]
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    kind = KINDS[message.kind]
    if message.member_id and not kind.asked_for:
        address = unsubscribe_address(message.member_id, kind)
        mail.extra_headers["List-Unsubscribe"] = f"<{address}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def unsubscribe_address(member_id: int, kind: Kind) -> str:
    """Works without signing in and does not end: RFC 8058, section 3.1."""
    token = dumps([member_id, kind.key], salt="pesue.unsubscribe")
    return f"{settings.ADDRESS}{reverse('unsubscribe', args=[token])}"
