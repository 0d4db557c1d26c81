"""A person's way to their network and back, and what they come back with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pesue.foundation.http import Forbidden, client
from pesue.foundation.secrets import CannotUnseal, seal, unseal
from pesue.people.models import Member
from pesue.sharing.actions import accounts
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.channels.atproto import oauth
from pesue.sharing.models import Account, Registration


class NotConnected(Exception):
    """The account could not be connected. str() says what to do."""

    def __init__(self, words: base.Words) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Leaving:
    """Where the person goes to say yes, and what waits for their return."""

    url: str
    server: str
    kept: dict[str, str]  # for their session; sealed where it is secret


def publishers() -> list[base.Publisher]:
    """The channels that accounts can be connected on."""
    return [c for c in CHANNELS.values() if isinstance(c, base.Publisher)]


def connect(
    member: Member,
    channel: str,
    *,
    name: str = "",
    server: str = "",
    password: str = "",
    now: datetime,
    http: httpx.Client,
) -> Account | Leaving:
    """Connect by an app password if one is given, else send the person to consent.

    `name` and `server` are as the person typed them. Raises NotConnected.
    """
    found = _publisher(channel)
    try:
        place = found.place(server)
        if password and found.takes_password:
            connection = found.sign_in(name, place, password, http)
            return accounts.keep(member, channel, connection, now=now)
        return _leaving(found, name, place, now=now, http=http)
    except (base.Refused, base.TryLater, base.Unanswered) as error:
        raise _told(error) from error


def come_back(
    member: Member,
    channel: str,
    *,
    back: Mapping[str, str],
    kept: Mapping[str, str],
    now: datetime,
    http: httpx.Client,
) -> Account:
    """The account of a person who came back with the query `back`.

    `kept` is what `connect` left in their session. Raises NotConnected.
    """
    found = _publisher(channel)
    if not kept or kept.get("channel") != channel or back.get("state") != kept["state"]:
        raise NotConnected(_("That took too long, or began elsewhere. Start again."))
    if "code" not in back:
        raise NotConnected(_("Nothing was connected: consent was not given."))
    known = accounts.known_at(channel, found.registers_at(kept["server"]))
    try:
        secret = json.loads(unseal(kept["sealed"], row=f"leaving:{kept['state']}"))
        if known is None:
            raise NotConnected(_("The server forgot us. Start again."))
        connection = found.exchange(back, secret, known.opened(), http)
    except CannotUnseal as error:
        raise NotConnected(_("Our keys changed meanwhile. Start again.")) from error
    except (base.Refused, base.TryLater, base.Unanswered) as error:
        raise _told(error) from error
    return accounts.keep(member, channel, connection, now=now)


def registration(
    channel: base.Publisher, server: str, *, now: datetime, http: httpx.Client
) -> Registration:
    """How `server` knows us; made anew if it has surely not kept the old one, or if
    our own address changed. Raises what the channel raises."""
    place = channel.registers_at(server)
    back_at = f"{settings.ADDRESS}{reverse('account-back', args=[channel.key])}"
    known = accounts.known_at(channel.key, place)
    if known is not None and _good(channel, known, back_at, now=now):
        return known
    said = {**channel.register(server, back_at, http), "asked": back_at}
    instead = known is not None
    return accounts.keep_registration(
        channel.key, place, said, now=now, instead=instead
    )


def _good(
    channel: base.Publisher, known: Registration, back_at: str, *, now: datetime
) -> bool:
    """Whether people may be sent to a server by this registration."""
    if known.opened().get("asked") != back_at:
        return False
    kept = channel.forgets_after
    if kept is None or now - known.made_at < kept:
        return True
    users = Account.objects.filter(channel=known.channel, server=known.server)
    return users.filter(state=Account.State.CONNECTED).exists()


def _leaving(
    channel: base.Publisher,
    name: str,
    server: str,
    *,
    now: datetime,
    http: httpx.Client,
) -> Leaving:
    state = accounts.new_state()
    known = registration(channel, server, now=now, http=http).opened()
    consent = channel.authorize(name, server, known, state, http)
    kept = {
        "channel": channel.key,
        "server": server,
        "state": state,
        "sealed": seal(json.dumps(dict(consent.kept)), row=f"leaving:{state}"),
    }
    return Leaving(consent.url, server, kept)


def _publisher(channel: str) -> base.Publisher:
    found = CHANNELS.get(channel)
    if not isinstance(found, base.Publisher):
        raise NotConnected(_("There is no account to connect there."))
    return found


def _told(error: Exception) -> NotConnected:
    if isinstance(error, base.Refused):
        return NotConnected(error.words)
    if isinstance(error.__cause__, Forbidden):
        return NotConnected(str(error.__cause__))
    return NotConnected(
        _("The server does not answer. Check its name, or try again later.")
    )


def public_metadata(name: str, *, now: datetime) -> dict[str, Any] | None:
    """What a confidential client of the AT Protocol publishes; None if we are none."""
    bluesky = CHANNELS["bluesky"]
    if not isinstance(bluesky, base.Publisher):
        return None
    if urlsplit(settings.ADDRESS).scheme != "https":
        return None
    with client() as http:
        known = registration(bluesky, "", now=now, http=http).opened()
    return oauth.metadata(known, name)
