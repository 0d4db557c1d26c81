"""Answers that nobody can read until they are counted, and nobody after that.

Each is sealed to the survey's public key; the secret one is destroyed when all were
counted together, and with it every copy of an answer in every log and backup. No
Django. JWE with ECDH-ES on X25519 and A256GCM: RFC 7516, RFC 7518 4.6, RFC 8037.
"""

import json
from collections.abc import Mapping
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey


class Unreadable(Exception):
    """The box was not sealed with this key, or is damaged."""


def new_keys() -> tuple[str, str]:
    """The secret and the public key, each as a JSON Web Key."""
    key = OKPKey.generate_key("X25519")
    return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))


def seal(public: str, survey: int, answers: Mapping[str, str], *, size: int) -> str:
    """The answers in a box as large as every other: `size` bytes hold the largest.

    Raises ValueError where they do not fit.
    """
    said = json.dumps({"survey": survey, "answers": dict(answers)}, ensure_ascii=False)
    plain = said.encode()
    if len(plain) > size:
        raise ValueError(f"{len(plain)} bytes of answers, {size} at most")
    padded = plain.ljust(size)  # how long an answer is tells whose it is
    # Made anew for each box: the library writes the box's own key into it, and boxes
    # are sealed by many threads at once.
    header = {"alg": "ECDH-ES", "enc": "A256GCM"}
    box: str = jwe.encrypt_compact(header, padded, _key(public))
    return box


def unseal(secret: str, survey: int, box: str) -> dict[str, str]:
    """What was sealed for this survey. Raises Unreadable."""
    try:
        said: Any = json.loads(jwe.decrypt_compact(box, _key(secret)).plaintext or b"")
    except (JoseError, ValueError) as error:
        raise Unreadable from error
    if said.get("survey") != survey:
        raise Unreadable
    return {str(key): str(value) for key, value in said["answers"].items()}


def _key(text: str) -> OKPKey:
    return OKPKey.import_key(json.loads(text))
