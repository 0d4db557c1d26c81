"""What a member of the demo does with a story. Each is one of the real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from pesue.content.models import Item
from pesue.demo.network import SERVER
from pesue.people.models import Member
from pesue.sharing.actions import accounts, drafts, publish, writing
from pesue.sharing.channels import base
from pesue.sharing.models import Account, Link, Share
from pesue.sharing.queries.composer import first_line

SOON = timedelta(seconds=40)  # until the worker sees what is to go out


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
    """A draft, the disclosure line first."""
    written = writing.Written(
        words=words.text,
        line=first_line(item, words.language),
        channel=words.channel,
        language=words.language,
    )
    return writing.write(member, item, written, now=now)


def send(share: Share, *, now: datetime, http: httpx.Client) -> None:
    """The member presses Publish; soon after, the worker does it."""
    drafts.publish_now(share, now=now)
    publish.publish(share, now=now + SOON, http=http)


def hand_over(share: Share, *, now: datetime) -> None:
    """The text is copied and the network opened."""
    drafts.hand_over(share, now=now)


def confirm(share: Share, *, now: datetime) -> None:
    """I posted it."""
    drafts.confirm(share, now=now)


def not_now(share: Share, *, now: datetime) -> None:
    """Back among the drafts."""
    drafts.edit(share, now=now)


def link_of(share: Share) -> Link:
    return Link.objects.select_related("share").get(share=share)
