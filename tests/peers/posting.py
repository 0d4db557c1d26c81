"""A share that is due, with its link, and one attempt to send it: for any network."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pesue.foundation.http import client
from pesue.sharing.actions import publish
from pesue.sharing.channels.keys import new_key
from pesue.sharing.models import Account, Link, Share
from tests.make.sharing import a_due_share

TEXT = "Ylpeä tästä 👋 #työ & <näin>"


def due(
    account: Account, text: str = TEXT, language: str = "fi", **fields: Any
) -> Share:
    now = datetime.now(UTC)
    told = {"key": new_key(now), "text": text, "language": language, "send_at": now}
    share = a_due_share(account, **told, **fields)
    Link.objects.create(
        share=share,
        slug=share.key[-10:],
        target="https://example.org/",
        created_at=now,
        changed_at=now,
    )
    return share


def send(share: Share, minutes: int = 0, seconds: float = 20) -> str:
    """The state it is in after an attempt, `minutes` after its time."""
    at = share.send_at + timedelta(minutes=minutes)
    with client(seconds=60, timeout=seconds) as http:
        publish.publish(share, now=at, http=http)
    return share.state
