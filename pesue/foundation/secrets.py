"""Sealing what must not be read from a stolen database: AES-GCM under a key ring.

A sealed text is "v1:KEYID:base64(nonce + ciphertext)". The row it belongs to is
authenticated with it, so a sealed text copied into another row does not open.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from django.db.models import QuerySet

NONCE = 12  # bytes; NIST SP 800-38D, 8.2.2


class CannotUnseal(Exception):
    """The key is gone from the ring, or the text is not this row's."""


@dataclass(frozen=True)
class Ring:
    """Keys by id; the first seals, all of them open."""

    keys: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, text: str) -> "Ring":
        """From "id:base64,id:base64". Raises ValueError naming what is wrong."""
        keys = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, _, encoded = part.partition(":")
            key = base64.b64decode(encoded, validate=True)
            if len(key) != 32 or not name:
                raise ValueError(f"Key {name!r} must be id:base64 of 32 bytes.")
            keys.append((name, key))
        if not keys:
            raise ValueError("The key ring is empty.")
        return cls(tuple(keys))

    def text(self) -> str:
        return ",".join(f"{n}:{base64.b64encode(k).decode()}" for n, k in self.keys)

    def with_new_key(self) -> "Ring":
        name = f"k{1 + max(int(n[1:]) for n, _ in self.keys if n[1:].isdigit())}"
        return Ring(((name, AESGCM.generate_key(256)), *self.keys))

    def seal(self, plain: str, *, row: str) -> str:
        name, key = self.keys[0]
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key).encrypt(nonce, plain.encode(), f"{name}|{row}".encode())
        return f"v1:{name}:{base64.b64encode(nonce + sealed).decode()}"

    def unseal(self, sealed: str, *, row: str) -> str:
        try:
            _, name, encoded = sealed.split(":", 2)
            raw = base64.b64decode(encoded)
            key = dict(self.keys)[name]
            plain = AESGCM(key).decrypt(
                raw[:NONCE], raw[NONCE:], f"{name}|{row}".encode()
            )
        except (ValueError, KeyError, InvalidTag) as error:
            raise CannotUnseal(f"{row} cannot be opened with our keys") from error
        return plain.decode()

    def can_open(self, sealed: str) -> bool:
        """Whether the key it was sealed with is in the ring."""
        return any(sealed.startswith(f"v1:{name}:") for name, _ in self.keys)

    def handles(self, row: str) -> list[str]:
        """Keyed hashes of a row's name under each key, the newest key's first.

        HMAC-SHA256, RFC 2104, under a key derived for nothing else.
        """
        derived = [hmac.digest(key, b"pesue handles", "sha256") for _, key in self.keys]
        return [hmac.digest(key, row.encode(), "sha256").hex() for key in derived]

    def is_newest(self, sealed: str) -> bool:
        return sealed.startswith(f"v1:{self.keys[0][0]}:")


def new_ring() -> Ring:
    return Ring((("k1", AESGCM.generate_key(256)),))


def ring_file() -> Path:
    from django.conf import settings

    return Path(settings.DATA) / "seal.keys"


@lru_cache(maxsize=1)
def ring() -> Ring:
    """This installation's ring: from PESUE_SEAL_KEYS, else from the data folder."""
    from pesue.environment import SEAL_KEYS

    if SEAL_KEYS.text():
        return Ring.parse(SEAL_KEYS.text())
    path = ring_file()
    if not path.exists():
        keep_ring(new_ring(), only_if_new=True)
    return Ring.parse(path.read_text())


def keep_ring(kept: Ring, *, only_if_new: bool = False) -> None:
    """Write the ring whole or not at all; with `only_if_new`, never over another."""
    path = ring_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(kept.text())
    if only_if_new:
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    else:
        draft.replace(path)
    ring.cache_clear()


def seal(plain: str, *, row: str) -> str:
    return ring().seal(plain, row=row)


def unseal(sealed: str, *, row: str) -> str:
    """Raises CannotUnseal."""
    if not ring().can_open(sealed):
        ring.cache_clear()  # another process may have made a new key since we read
    return ring().unseal(sealed, row=row)


def seal_anew(rows: "QuerySet[Any]", again: Callable[[Any], str]) -> int:
    """Seal with the newest key what older ones sealed; returns how many rows it was.

    `again` opens a row's `sealed` and seals it anew. A row that changed meanwhile is
    sealed with the newest key already. What is empty holds no secret.
    """
    done = 0
    for row in rows.exclude(sealed="").iterator():
        if not ring().is_newest(row.sealed):
            same = rows.model._default_manager.filter(pk=row.pk, sealed=row.sealed)
            done += same.update(sealed=again(row))
    return done


def handles(row: str) -> list[str]:
    """What a row is called where its name must not be told; the first is the newest."""
    return ring().handles(row)


def hashed(token: str) -> str:
    """Of a token with 128 bits of chance: no salt or slowness makes it safer."""
    return hashlib.sha256(token.encode()).hexdigest()
