"""Signing requests between servers as the fediverse does. No Django.

HTTP signatures by draft-cavage-12 with RSA and SHA-256, as Mastodon sends and takes
them: https://docs.joinmastodon.org/spec/security/. A server that begins with RFC 9421
tries this one when it is refused.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS = 2048
OLDEST = timedelta(hours=12)  # as Mastodon: a queue may have stood
AHEAD = timedelta(hours=1)  # clocks differ
PART = re.compile(r'(\w+)=(?:"([^"]*)"|(\d+))')
NEEDED = {"(request-target)", "host", "date", "digest"}


class Unsigned(Exception):
    """The request is not signed as it must be; `str` says why."""


@dataclass(frozen=True)
class Signature:
    """What the header of a signature says."""

    key_id: str
    headers: tuple[str, ...]
    value: bytes


@dataclass(frozen=True)
class Asked:
    """A request that came in: its method in capitals, its path with the query."""

    method: str
    path: str
    headers: Mapping[str, str]  # by names in small letters
    body: bytes


def new_keys() -> tuple[str, str]:
    """A private and its public key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def digest(body: bytes) -> str:
    return f"SHA-256={base64.b64encode(sha256(body).digest()).decode()}"


def signed(
    method: str,
    address: str,
    *,
    key_id: str,
    private_key: str,
    now: datetime,
    body: bytes | None = None,
) -> dict[str, str]:
    """The headers of a signed request; with a body, its digest too."""
    target = urlsplit(address)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    headers = {
        "host": target.netloc.rpartition("@")[2],
        "date": format_datetime(now.astimezone(UTC), usegmt=True),
    }
    if body is not None:
        headers["digest"] = digest(body)
    names = ("(request-target)", *headers)
    text = _text(names, method, path, headers)
    # Ours, and sealed: to prove again that it is sound takes longer than to sign.
    key = serialization.load_pem_private_key(
        private_key.encode(), None, unsafe_skip_rsa_key_validation=True
    )
    assert isinstance(key, rsa.RSAPrivateKey)
    value = base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256()))
    return headers | {
        "signature": f'keyId="{key_id}",algorithm="rsa-sha256",'
        f'headers="{" ".join(names)}",signature="{value.decode()}"'
    }


def read(asked: Asked, *, now: datetime) -> Signature:
    """The signature of a request that brings something: fresh, and over all of it.

    Raises Unsigned. Whether its key says yes is asked last, as it must be fetched.
    """
    told = {
        name.lower(): text or number
        for name, text, number in PART.findall(asked.headers.get("signature", ""))
    }
    if not told.get("keyid") or not told.get("signature"):
        raise Unsigned("There is no Signature of draft-cavage-12.")
    if told.get("algorithm", "hs2019") not in {"rsa-sha256", "hs2019"}:
        raise Unsigned("Sign with rsa-sha256.")
    names = tuple(told.get("headers", "date").lower().split())
    missing = NEEDED - set(names)
    if missing:
        raise Unsigned(f"Sign these, too: {', '.join(sorted(missing))}.")
    if not _is_of(asked.headers.get("digest", ""), asked.body):
        raise Unsigned("The Digest (SHA-256) is not that of the body.")
    _fresh(asked.headers.get("date", ""), now)
    try:
        value = base64.b64decode(told["signature"], validate=True)
    except binascii.Error as error:
        raise Unsigned("The signature is not base64.") from error
    return Signature(told["keyid"], names, value)


def _is_of(said: str, body: bytes) -> bool:
    """RFC 3230: several may stand there; the one of SHA-256 counts."""
    ours = digest(body).partition("=")[2]
    told = dict(part.strip().partition("=")[::2] for part in said.split(","))
    return any(n.lower() == "sha-256" and v == ours for n, v in told.items())


def _fresh(said: str, now: datetime) -> None:
    try:
        at = parsedate_to_datetime(said)
    except ValueError as error:
        raise Unsigned("The Date cannot be read.") from error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not now - OLDEST <= at <= now + AHEAD:
        raise Unsigned("The Date is too far from now.")


def fits(asked: Asked, signature: Signature, public_key: str) -> bool:
    """Whether the request was signed with the private half of this key (PEM)."""
    if any(n not in asked.headers for n in signature.headers if n[0] != "("):
        return False
    text = _text(signature.headers, asked.method, asked.path, asked.headers)
    try:
        key = serialization.load_pem_public_key(public_key.encode())
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(signature.value, text, padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        return False
    return True


def _text(
    names: tuple[str, ...], method: str, path: str, headers: Mapping[str, str]
) -> bytes:
    target = f"{method.lower()} {path}"
    lines = (
        f"{name}: {target if name == '(request-target)' else headers.get(name, '')}"
        for name in names
    )
    return "\n".join(lines).encode()
