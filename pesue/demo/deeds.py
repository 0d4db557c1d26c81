"""What a member of the demo does with a story. Each is one of the real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from pesue.content.models import Item
from pesue.demo.network import SERVER
from pesue.people.models import Member
from pesue.sharing.actions import accounts, publish
from pesue.sharing.actions.links import make_link
from pesue.sharing.channels import CHANNELS, base, keys
from pesue.sharing.models import Account, Link, Share

State = Share.State
SOON = timedelta(minutes=2)


@dataclass(frozen=True)
class Words:
    text: str
    language: str
    channel: str


def connect(member: Member, *, now: datetime) -> Account:
    """An account on the demo's network."""
    handle = member.email.partition("@")[0].replace(".", "_").replace("-", "_")
    found = base.Connection(SERVER, str(member.pk), f"@{handle}", {"token": "demo"})
    return accounts.keep(member, "mastodon", found, now=now)


def write(member: Member, item: Item, words: Words, *, now: datetime) -> Share:
    """A draft, with its short link."""
    share = Share.objects.create(
        member=member,
        item=item,
        account=member.accounts.filter(channel=words.channel).first(),
        channel=words.channel,
        way=CHANNELS[words.channel].ways[0],
        key=keys.new_key(now),
        text=words.text,
        language=words.language,
        state=State.DRAFT,
        state_since=now,
        drafted_at=now,
    )
    make_link(share, now=now)
    return share


def send(share: Share, *, now: datetime, http: httpx.Client) -> None:
    """Publish by API, as the worker does."""
    share.move(State.SCHEDULED, now=now, send_at=now)
    publish.publish(share, now=now + SOON, http=http)


def hand_over(share: Share, *, now: datetime) -> None:
    share.move(State.HANDED, now=now)


def confirm(share: Share, *, now: datetime) -> None:
    share.move(State.SHARED, now=now, shared_at=now)


def not_now(share: Share, *, now: datetime) -> None:
    share.move(State.DRAFT, now=now)


def link_of(share: Share) -> Link:
    return Link.objects.select_related("share").get(share=share)
