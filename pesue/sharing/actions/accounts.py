"""Connecting a member's account, keeping it connected, and letting it go."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.secrets import CannotUnseal, seal, seal_anew
from pesue.people.models import Member
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.models import Account, Registration

State = Account.State
RENEWING = timedelta(minutes=6)  # longer than any client of ours lives
JUST_RENEWED = timedelta(minutes=5)


def keep(
    member: Member, channel: str, found: base.Connection, *, now: datetime
) -> Account:
    """The member's account, connected; the row they had if they had one."""
    with transaction.atomic():
        account, _new = Account.objects.select_for_update().get_or_create(
            member=member,
            channel=channel,
            server=found.server,
            name=found.name,
            defaults={
                "state": State.DISCONNECTED,
                "state_since": now,
                "renewed_at": now,
            },
        )
        also: dict[str, Any] = {
            "handle": found.handle[:300],
            "sealed": account.seal(found.secret),
            "expires_at": now + found.lasts if found.lasts else None,
            "renewed_at": now,
            "renewing_since": None,
            "limits": dict(found.limits),
            "why": "",
        }
        if account.state == State.DISCONNECTED:
            account.move(State.CONNECTED, now=now, **also)
        else:
            Account.objects.filter(pk=account.pk).update(**also)
            account.refresh_from_db()
    return account


def renew(account: Account, *, now: datetime, http: httpx.Client) -> bool:
    """Get new tokens in place of those that ended; False if there are none to get.

    One worker at a time: a refresh token used twice ends the whole connection.
    Raises Disconnected when the member must connect again, TryLater when the
    network does not answer or another worker is asking just now.
    """
    channel = CHANNELS[account.channel]
    same = Account.objects.filter(pk=account.pk, sealed=account.sealed)
    if not same.exists():
        account.refresh_from_db()  # another worker has renewed, or the member left
        return account.state == State.CONNECTED
    if not isinstance(channel, base.Publisher) or (
        now - account.renewed_at < JUST_RENEWED
    ):
        return False  # the newest tokens are refused as well
    if not same.filter(free(now)).update(renewing_since=now):
        raise base.TryLater(timedelta(seconds=5))
    ours = Account.objects.filter(
        pk=account.pk, renewing_since=now, state=State.CONNECTED
    )
    try:
        found = _asked_anew(channel, account, http)
    except base.Disconnected:
        ours.update(renewing_since=None)
        raise  # but after TryLater the account rests: others have their turn
    if found is None:
        ours.update(renewing_since=None)
        return False
    ours.update(
        sealed=account.seal(found.secret),
        expires_at=now + found.lasts if found.lasts else None,
        renewed_at=now,
        renewing_since=None,
    )
    account.refresh_from_db()
    return True


def free(now: datetime) -> Q:
    """Accounts for which nobody asks, or has just asked in vain, for new tokens."""
    return Q(renewing_since=None) | Q(renewing_since__lt=now - RENEWING)


def _asked_anew(
    channel: base.Publisher, account: Account, http: httpx.Client
) -> base.Connection | None:
    """Raises Disconnected or TryLater."""
    try:
        return channel.refresh(with_registration(account), http)
    except base.Disconnected:
        raise
    except base.Refused as no:
        raise base.Disconnected(no.words) from no
    except base.Unanswered as silence:
        raise base.TryLater(RENEWING) from silence
    except CannotUnseal as error:
        raise base.Disconnected(_("We lost the key to your account.")) from error


def lose(account: Account, words: base.Words, *, now: datetime) -> None:
    """The network lets us in no longer. What we held is of no use: it goes."""
    with override(account.member.language):
        why = str(words)[:300]
    try:
        account.move(State.DISCONNECTED, now=now, sealed="", why=why)
    except (LostRace, ForbiddenMove):
        account.refresh_from_db()  # connected anew, or gone, meanwhile


def disconnect(account: Account, *, now: datetime, http: httpx.Client) -> None:
    """The member takes the account back: we forget the tokens, and tell the network.

    Telling may fail; what we hold is gone in any case.
    """
    channel = CHANNELS.get(account.channel)
    try:
        opened = with_registration(account)
    except CannotUnseal:
        opened = None
    try:
        account.move(State.DISCONNECTED, now=now, sealed="", why="", expires_at=None)
    except (LostRace, ForbiddenMove):
        return  # it was disconnected meanwhile
    if opened is None or not isinstance(channel, base.Publisher):
        return
    try:
        channel.revoke(opened, http)
    except (base.Refused, base.TryLater, base.Unanswered):
        return


def with_registration(account: Account) -> base.Account:
    """The account, and how its server knows us under names that begin with "our_".

    Raises CannotUnseal.
    """
    opened, channel = account.opened(), CHANNELS[account.channel]
    if not isinstance(channel, base.Publisher):
        return opened
    known = known_at(account.channel, channel.registers_at(account.server))
    ours = known.opened() if known else {}
    secret = {f"our_{name}": value for name, value in ours.items()}
    return replace(opened, secret={**secret, **opened.secret})


def known_at(channel: str, server: str) -> Registration | None:
    return Registration.objects.filter(channel=channel, server=server).first()


def keep_registration(
    channel: str,
    server: str,
    said: Mapping[str, str],
    *,
    now: datetime,
    instead: bool = False,
) -> Registration:
    """How a server knows us. Of two that register at once, the first one counts.

    `instead`: put it in place of what was kept before.
    """
    new = Registration(channel=channel, server=server, made_at=now)
    new.sealed = seal(json.dumps(dict(said)), row=new.row)
    if instead:
        Registration.objects.update_or_create(
            channel=channel,
            server=server,
            defaults={"sealed": new.sealed, "made_at": now},
        )
    else:
        try:
            with transaction.atomic():
                new.save()
        except IntegrityError:
            pass
    return Registration.objects.get(channel=channel, server=server)


def new_state() -> str:
    """What ties a person's way back to their way out."""
    return secrets.token_urlsafe(24)


def reseal() -> int:
    """Seal everything with the newest key. Returns how many rows were resealed.

    Safe to run while the worker renews tokens: a row that changed meanwhile is
    sealed with the newest key already.
    """
    accounts = seal_anew(
        Account.objects.all(), lambda one: one.seal(one.opened().secret)
    )
    known = seal_anew(
        Registration.objects.all(),
        lambda one: seal(json.dumps(one.opened()), row=one.row),
    )
    return accounts + known
