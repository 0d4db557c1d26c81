from datetime import timedelta
from itertools import count
from typing import Any

from pesue.content.models import Item
from pesue.people.models import Member
from pesue.sharing.actions import accounts
from pesue.sharing.channels import base
from pesue.sharing.channels.keys import new_key
from pesue.sharing.models import Account, Reply, Share, Voice
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member

_number = count(1)


def a_share(
    *, member: Member | None = None, item: Item | None = None, **fields: Any
) -> Share:
    return Share.objects.create(
        member=member or a_member(),
        item=item or an_item(),
        **{
            "channel": "mastodon",
            "way": "api",
            "key": new_key(NOON + timedelta(microseconds=next(_number))),
            "text": "Proud of this.",
            "language": "en",
            "state": Share.State.DRAFT,
            "state_since": NOON,
            "drafted_at": NOON,
            **fields,
        },
    )


def an_account(
    *,
    member: Member | None = None,
    channel: str = "mastodon",
    server: str = "https://social.example",
    name: str = "7",
    handle: str = "@ana@social.example",
    secret: dict[str, str] | None = None,
    software: str = "mastodon",
) -> Account:
    """A connected account, renewed an hour before NOON."""
    found = base.Connection(
        server,
        name,
        handle,
        secret or {"token": "token"},
        limits={"software": software},
    )
    before = NOON - timedelta(hours=1)
    return accounts.keep(member or a_member(), channel, found, now=before)


def a_due_share(account: Account | None = None, **fields: Any) -> Share:
    """Scheduled for NOON on a connected account."""
    account = account or an_account()
    return a_share(
        member=account.member,
        **{
            "account": account,
            "channel": account.channel,
            "state": Share.State.SCHEDULED,
            "send_at": NOON,
            **fields,
        },
    )


def a_reply(*, share: Share | None = None, **fields: Any) -> Reply:
    share = share or a_share()
    return Reply.objects.create(
        member=share.member,
        share=share,
        **{"question": "What matters?", "text": "The bread.", "at": NOON, **fields},
    )


def a_voice(*, share: Share | None = None, **fields: Any) -> Voice:
    """A note's row; its file is nowhere."""
    share = share or a_share()
    return Voice.objects.create(
        member=share.member,
        share=share,
        **{"file": f"{next(_number):040}.ogg", "size": 9, "at": NOON, **fields},
    )
