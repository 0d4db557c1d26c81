"""A file that one installation gives another: JSON with a signature. No Django.

Signed with Ed25519 (RFC 8032) over all of it but the signature, keys in order and
without spaces. The public key is inside: it tells no name, only that two files come
from one place and that nobody has changed them.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

Told = TypeVar("Told")

LARGEST = 200_000  # bytes


class Why(StrEnum):
    FOREIGN = "foreign"  # not such a file at all
    TOO_NEW = "too_new"
    CHANGED = "changed"  # the signature does not fit
    WRONG = "wrong"  # signed, and yet it holds what cannot be


class NotRead(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Format:
    """A kind of file, and the newest version of it that we can read."""

    name: str
    version: int

    def signed(self, body: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
        """The text of a file with this in it."""
        whole: dict[str, Any] = {"format": self.name, "version": self.version, **body}
        whole["public_key"] = _text(key.public_key().public_bytes_raw())
        whole["signature"] = _text(key.sign(_canonical(whole)))
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"

    def opened(self, text: str) -> tuple[dict[str, Any], str]:
        """What is in a file, and the public key it was signed with. Raises NotRead."""
        body = _object(text)
        if body.get("format") != self.name or not isinstance(body.get("version"), int):
            raise NotRead(Why.FOREIGN)
        if body["version"] > self.version:
            raise NotRead(Why.TOO_NEW)
        return body, _checked(body)

    def told(
        self, text: str, shape: Callable[[Mapping[str, Any]], Told]
    ) -> tuple[Told, str]:
        """The same, as `shape` reads it. What that stumbles over is no such file."""
        body, public = self.opened(text)
        try:
            return shape(body), public
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise NotRead(Why.WRONG) from error


def _object(text: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """What stands twice could be read in two ways."""
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def no(_constant: str) -> None:
        raise ValueError

    if len(text) > LARGEST:
        raise NotRead(Why.FOREIGN)
    try:
        body = json.loads(text, object_pairs_hook=once, parse_constant=no)
    except (ValueError, RecursionError) as error:
        raise NotRead(Why.FOREIGN) from error
    if not isinstance(body, dict):
        raise NotRead(Why.FOREIGN)
    return body


def _checked(body: dict[str, Any]) -> str:
    unsigned = {key: value for key, value in body.items() if key != "signature"}
    try:
        public = body["public_key"]
        key = Ed25519PublicKey.from_public_bytes(_bytes(public))
        key.verify(_bytes(body["signature"]), _canonical(unsigned))
    except (KeyError, TypeError, ValueError, InvalidSignature) as error:
        raise NotRead(Why.CHANGED) from error
    return _text(key.public_bytes_raw())  # in one spelling, whatever the file's was


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    ).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
