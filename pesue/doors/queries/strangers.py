"""Who somebody on another server is: asked of that server, and of no other."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from pesue.doors import signatures
from pesue.doors.models.actors import LONGEST_ADDRESS
from pesue.doors.queries.actors import the_house
from pesue.foundation import http as network
from pesue.foundation.secrets import CannotUnseal

PATIENCE = 5  # seconds
ACCEPT = ("application/activity+json", "application/ld+json")


class Unknown(Exception):
    """Nobody is there, or their server says nothing that we can use."""


@dataclass(frozen=True)
class Stranger:
    """An actor of another server."""

    uri: str
    inbox: str  # the shared one, if the server has one
    keys: dict[str, str]  # PEM by id


def stranger(uri: str, *, now: datetime) -> Stranger:
    """Ask its server, with a signature: many show themselves to nobody else.

    Raises Unknown. Who they are is what stands at their own address, and their inbox
    and keys are of the same host: so nobody leads us to write to a third.
    """
    host = _host(uri)
    try:
        found = network.fetch(
            uri,
            accept=ACCEPT,
            most_bytes=network.MEGABYTE,
            headers=_signed(uri, now),
            seconds=PATIENCE,
        )
        told = json.loads(found.body)
    except (network.Unfetchable, ValueError, RecursionError) as error:
        raise Unknown(str(error)) from error
    if not isinstance(told, dict) or told.get("id") != uri or _host(found.url) != host:
        raise Unknown("It is not what stands at its address.")
    inbox = _inbox(told, host)
    return Stranger(uri, inbox, _keys(told, host))


def _inbox(told: dict[str, Any], host: str) -> str:
    ends = told.get("endpoints")
    shared = ends.get("sharedInbox") if isinstance(ends, dict) else None
    for address in (shared, told.get("inbox")):
        if isinstance(address, str) and _is_of(address, host):
            return address
    raise Unknown("It has no inbox on its own server.")


def _keys(told: dict[str, Any], host: str) -> dict[str, str]:
    keys = told.get("publicKey")
    return {
        key["id"]: key["publicKeyPem"]
        for key in (keys if isinstance(keys, list) else [keys])
        if isinstance(key, dict)
        and isinstance(key.get("publicKeyPem"), str)
        and isinstance(key.get("id"), str)
        and key.get("owner", told["id"]) == told["id"]
        and _is_of(key["id"], host)
    }


def _is_of(address: str, host: str) -> bool:
    try:
        return len(address) <= LONGEST_ADDRESS and _host(address) == host
    except Unknown:
        return False


def _host(address: str) -> str:
    """Host and port. Raises Unknown for what is no address: plain http only where we
    are at plain http ourselves, for trying things out."""
    try:
        parts = urlsplit(address)
        host = parts.hostname and parts.netloc.lower()
    except ValueError as error:
        raise Unknown("This is no address.") from error
    ours = urlsplit(settings.ADDRESS)
    if not host or parts.scheme not in {"https", ours.scheme} or "@" in parts.netloc:
        raise Unknown("This is no address that can be asked.")
    if host == ours.netloc.lower():
        raise Unknown("This is our own.")
    return host


def _signed(uri: str, now: datetime) -> dict[str, str]:
    house = the_house()
    try:
        key = house.private_key() if house else ""
    except CannotUnseal:
        key = ""
    if not (house and key):
        return {}
    return signatures.signed("get", uri, key_id=house.key_id, private_key=key, now=now)
