"""Who is behind a handle, and where their data lives.

Source: https://atproto.com/specs/handle, https://atproto.com/specs/did
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from django.utils.translation import gettext_lazy as _

from pesue.environment import PLC_DIRECTORY
from pesue.sharing.channels.errors import Refused, TryLater, Unanswered
from pesue.sharing.channels.places import origin
from pesue.sharing.channels.wire import NO_ROUTE, Answer, ask

HANDLE = re.compile(
    r"(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{3,250})")
RESOLVER = "https://public.api.bsky.app"  # asks the DNS for us


@dataclass(frozen=True)
class Identity:
    did: str
    handle: str  # without @; the DID where none is confirmed
    pds: str  # https://host


def handle_in(typed: str) -> str:
    """The handle in what a person typed. Raises Refused."""
    handle = typed.strip().removeprefix("@").removeprefix("at://").lower()
    handle = handle.removeprefix("https://bsky.app/profile/").strip("/")
    if not HANDLE.fullmatch(handle):
        raise Refused(_("Write your name on Bluesky, like anna.bsky.social."))
    return handle


def did_of(handle: str, http: httpx.Client, server: str = "") -> str:
    """The DID a handle claims: asked from `server` if given, else from the handle's
    own host, else through the DNS. Raises Refused, TryLater."""
    if not server:
        said = _get(http, f"https://{handle}/.well-known/atproto-did")
        did = said.body[:300].decode("ascii", "replace").strip() if said else ""
        if DID.fullmatch(did):
            return did
    resolver = server or RESOLVER
    url = f"{resolver}/xrpc/com.atproto.identity.resolveHandle"
    said = _get(http, url, params={"handle": handle})
    did = str(said.json().get("did") or "") if said else ""
    if not DID.fullmatch(did):
        raise Refused(_("Nobody on Bluesky has that name. Check the spelling."))
    return did


def identity_of(did: str, http: httpx.Client) -> Identity:
    """What the DID's own document says. Raises Refused, TryLater."""
    if not DID.fullmatch(did):
        raise Refused(_("Bluesky named an account that we cannot check."))
    if did.startswith("did:web:"):
        url = f"https://{did.removeprefix('did:web:')}/.well-known/did.json"
    else:
        url = f"{PLC_DIRECTORY.text().rstrip('/')}/{quote(did, safe=':')}"
    said = _get(http, url)
    if said is None:
        raise TryLater(NO_ROUTE)
    document = said.json()
    if document.get("id") != did:
        raise Refused(_("Bluesky named an account that we cannot check."))
    return Identity(did, _handle(document) or did, _pds(document))


def checked(handle: str, http: httpx.Client, server: str = "") -> Identity:
    """The identity of a handle, which must be claimed from both sides."""
    found = identity_of(did_of(handle, http, server), http)
    if found.handle != handle:
        raise Refused(_("That name belongs to another account now. Check it."))
    return found


def _get(http: httpx.Client, url: str, **request: Any) -> Answer | None:
    """A successful answer, or None."""
    try:
        answer = ask(http, "GET", url, **request)
    except (Unanswered, TryLater, Refused):
        return None
    return answer if answer.fine else None


def _handle(document: Mapping[str, Any]) -> str:
    for name in _list(document.get("alsoKnownAs")):
        if isinstance(name, str) and name.startswith("at://"):
            handle = name.removeprefix("at://").lower()
            return handle if HANDLE.fullmatch(handle) else ""
    return ""


def _pds(document: Mapping[str, Any]) -> str:
    for service in _list(document.get("service")):
        if isinstance(service, dict) and str(service.get("id")).endswith(
            "#atproto_pds"
        ):
            return origin(str(service.get("serviceEndpoint")))
    raise Refused(_("This account has no server. Check it in Bluesky."))


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
