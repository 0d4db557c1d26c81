"""Requests that prove who holds a token (RFC 9449), with the server's nonces."""

import base64
import hashlib
import json
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from pesue.sharing.channels.wire import Answer, ask


def new_key() -> str:
    """A private P-256 key as JSON (JWK)."""
    return json.dumps(ECKey.generate_key("P-256").as_dict(private=True))


def public(key: str) -> dict[str, Any]:
    """The public half of a key of `new_key`."""
    found = json.loads(key)
    return {name: found[name] for name in ("kty", "crv", "x", "y")}


def thumbprint(key: str) -> str:
    return ECKey.import_key(json.loads(key)).thumbprint()


def s256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def ask_with_proof(
    http: httpx.Client,
    method: str,
    url: str,
    *,
    key: str,
    token: str = "",
    headers: dict[str, str] | None = None,
    **request: Any,
) -> Answer:
    """As wire.ask, with a proof by `key`; once more when a nonce is asked for.

    A server that asks for a nonce has done nothing with the request.
    """
    nonce = ""
    for _turn in range(2):
        sent = {**(headers or {}), "DPoP": _proof(method, url, key, token, nonce)}
        if token:
            sent["Authorization"] = f"DPoP {token}"
        answer = ask(http, method, url, headers=sent, **request)
        nonce = answer.headers.get("dpop-nonce", "")
        wanted = answer.status in (400, 401) and (
            answer.json().get("error") == "use_dpop_nonce"
            or "use_dpop_nonce" in answer.headers.get("www-authenticate", "")
        )
        if not (wanted and nonce):
            break
    return answer


def assertion(key: str, client_id: str, audience: str) -> str:
    """Who we are, signed by our key (private_key_jwt, RFC 7523)."""
    now = int(time.time())
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + 60,
    }
    header = {"alg": "ES256", "kid": thumbprint(key)}
    return jwt.encode(header, claims, ECKey.import_key(json.loads(key)))


def _proof(method: str, url: str, key: str, token: str, nonce: str) -> str:
    parts = urlsplit(url)
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": f"{parts.scheme}://{parts.netloc}{parts.path}",
        "iat": int(time.time()),
    }
    if nonce:
        claims["nonce"] = nonce
    if token:
        claims["ath"] = s256(token)
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public(key)}
    return jwt.encode(header, claims, ECKey.import_key(json.loads(key)))
