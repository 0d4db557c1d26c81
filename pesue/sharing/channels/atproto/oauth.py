"""Consent by AT Protocol OAuth: PAR, PKCE, DPoP, and who it was in the end.

Source: https://atproto.com/specs/oauth
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base
from pesue.sharing.channels.atproto import dpop
from pesue.sharing.channels.atproto.identity import Identity, checked, identity_of
from pesue.sharing.channels.places import origin
from pesue.sharing.channels.wire import Answer, ask, judge, token_in

SCOPE = "atproto repo:app.bsky.feed.post?action=create&action=delete blob:image/*"
LASTS = timedelta(days=10)  # a public client's connection ends after two weeks unused
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
METADATA = "/oauth/client-metadata.json"


def client_of(redirect: str) -> dict[str, str]:
    """How we call ourselves, by the address people come back to.

    Public https: our metadata's address, with a key. On this machine: the loopback
    client of the specification. Else there is no client: Refused.
    """
    url = urlsplit(redirect)
    if url.scheme == "https":
        client = f"https://{url.netloc}{METADATA}"
        return {"client_id": client, "redirect": redirect, "key": dpop.new_key()}
    if url.hostname not in ("localhost", "127.0.0.1"):
        raise base.Refused(_("Use an app password: Pesue's address is not https."))
    port = f":{url.port}" if url.port else ""
    redirect = f"http://127.0.0.1{port}{url.path}"
    asked = urlencode({"redirect_uri": redirect, "scope": SCOPE})
    return {"client_id": f"http://localhost?{asked}", "redirect": redirect}


def metadata(registration: Mapping[str, str], name: str) -> dict[str, Any]:
    """What authorization servers read about us at METADATA."""
    key = registration["key"]
    jwk = dpop.public(key) | {
        "kid": dpop.thumbprint(key),
        "use": "sig",
        "alg": "ES256",
    }
    client = registration["client_id"]
    return {
        "client_id": client,
        "client_name": name,
        "client_uri": client.removesuffix(METADATA),
        "redirect_uris": [registration["redirect"]],
        "scope": SCOPE,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "application_type": "web",
        "dpop_bound_access_tokens": True,
        "jwks": {"keys": [jwk]},
    }


def authorize(
    handle: str,
    server: str,
    registration: Mapping[str, str],
    state: str,
    http: httpx.Client,
) -> base.Consent:
    """Push our request; the person then says yes at their server."""
    who = checked(handle, http, server)
    issuer = _server_of(who.pds, http)
    key, verifier = dpop.new_key(), secrets.token_urlsafe(48)
    wanted = {
        "response_type": "code",
        "scope": SCOPE,
        "redirect_uri": registration["redirect"],
        "state": state,
        "login_hint": handle,
        "code_challenge": dpop.s256(verifier),
        "code_challenge_method": "S256",
    }
    asked = {
        "client_id": registration["client_id"],
        "request_uri": _push(wanted, issuer, registration, key, http),
    }
    kept = {
        "did": who.did,
        "issuer": issuer["issuer"],
        "token_endpoint": issuer["token_endpoint"],
        "revocation_endpoint": issuer["revocation_endpoint"],
        "key": key,
        "verifier": verifier,
    }
    url = f"{issuer['authorization_endpoint']}?{urlencode(asked)}"
    return base.Consent(url, kept)


def _push(
    wanted: Mapping[str, str],
    issuer: Mapping[str, str],
    registration: Mapping[str, str],
    key: str,
    http: httpx.Client,
) -> str:
    """The name under which the server keeps our request (RFC 9126)."""
    answer = dpop.ask_with_proof(
        http,
        "POST",
        issuer["pushed_authorization_request_endpoint"],
        key=key,
        data={**_who_we_are(registration, issuer["issuer"]), **wanted},
    )
    judge(answer, "Bluesky")
    return str(answer.json().get("request_uri"))


def exchange(
    back: Mapping[str, str],
    kept: Mapping[str, str],
    registration: Mapping[str, str],
    http: httpx.Client,
) -> tuple[Identity, dict[str, str]]:
    """The tokens behind a code, of the very account that was asked for."""
    if back.get("iss") != kept["issuer"]:
        raise base.Refused(_("The answer came from another server. Try again."))
    answer = dpop.ask_with_proof(
        http,
        "POST",
        kept["token_endpoint"],
        key=kept["key"],
        data={
            **_who_we_are(registration, kept["issuer"]),
            "grant_type": "authorization_code",
            "code": back.get("code", ""),
            "redirect_uri": registration["redirect"],
            "code_verifier": kept["verifier"],
        },
    )
    tokens = _tokens(answer, kept["did"])
    who = identity_of(kept["did"], http)
    if _server_of(who.pds, http)["issuer"] != kept["issuer"]:
        raise base.Refused(_("The account has moved meanwhile. Try again."))
    held = ("issuer", "token_endpoint", "revocation_endpoint", "key", "did")
    return who, {**tokens, **{name: kept[name] for name in held}}


def refresh(secret: Mapping[str, str], http: httpx.Client) -> dict[str, str]:
    """New tokens. Raises Disconnected when the old ones are of no use any more."""
    answer = dpop.ask_with_proof(
        http,
        "POST",
        secret["token_endpoint"],
        key=secret["key"],
        data={
            **_who_we_are(_client_in(secret), secret["issuer"]),
            "grant_type": "refresh_token",
            "refresh_token": secret["refresh"],
        },
    )
    if answer.status == 400:
        raise base.Disconnected(_("Bluesky asks you to connect again."))
    kept = {name: v for name, v in secret.items() if not name.startswith("our_")}
    return {**kept, **_tokens(answer, secret["did"])}


def revoke(secret: Mapping[str, str], http: httpx.Client) -> None:
    dpop.ask_with_proof(
        http,
        "POST",
        secret["revocation_endpoint"],
        key=secret["key"],
        data={
            **_who_we_are(_client_in(secret), secret["issuer"]),
            "token": secret["refresh"],
        },
    )


def _client_in(secret: Mapping[str, str]) -> dict[str, str]:
    """Our registration, as it is handed to a channel with an account's tokens."""
    return {
        name.removeprefix("our_"): value
        for name, value in secret.items()
        if name.startswith("our_")
    }


def _who_we_are(registration: Mapping[str, str], audience: str) -> dict[str, str]:
    client_id = registration["client_id"]
    if "key" not in registration:
        return {"client_id": client_id}
    return {
        "client_id": client_id,
        "client_assertion_type": JWT_BEARER,
        "client_assertion": dpop.assertion(registration["key"], client_id, audience),
    }


def _tokens(answer: Answer, did: str) -> dict[str, str]:
    judge(answer, "Bluesky")
    said = answer.json()
    if said.get("token_type") != "DPoP" or "atproto" not in str(said.get("scope")):
        raise base.Refused(_("Bluesky gave no token. Try again."))
    if said.get("sub") != did:
        raise base.Refused(
            _("You signed in to another account than the one you named. Try again.")
        )
    return {
        "kind": "oauth",
        "access": token_in(said.get("access_token")),
        "refresh": token_in(said.get("refresh_token")),
    }


def _server_of(pds: str, http: httpx.Client) -> dict[str, str]:
    """The metadata of the server where a PDS's people consent, checked."""
    said = _read(http, f"{pds}/.well-known/oauth-protected-resource")
    servers = said.get("authorization_servers")
    if not isinstance(servers, list) or len(servers) != 1:
        raise base.Refused(_UNFIT)
    issuer = origin(str(servers[0]))
    found = _read(http, f"{issuer}/.well-known/oauth-authorization-server")
    wanted = (
        "authorization_endpoint",
        "token_endpoint",
        "revocation_endpoint",
        "pushed_authorization_request_endpoint",
    )
    for name in wanted:
        origin(str(found.get(name)))  # a web address, or Refused
    if found.get("issuer") != issuer:
        raise base.Refused(_UNFIT)
    return {"issuer": issuer, **{name: str(found[name]) for name in wanted}}


def _read(http: httpx.Client, url: str) -> dict[str, Any]:
    answer = ask(http, "GET", url)
    if answer.status != 200:
        raise base.Refused(_UNFIT)
    return answer.json()


_UNFIT = _("That server offers no sign-in for apps. Use an app password.")
