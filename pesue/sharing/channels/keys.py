"""Keys of posts: time-sortable, made once per share, before anything is sent."""

import secrets
from datetime import UTC, datetime, timedelta

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_key(now: datetime) -> str:
    """A TID: 13 characters that sort by time, with 10 random bits.

    Source: https://atproto.com/specs/tid
    """
    microseconds = (now - _EPOCH) // timedelta(microseconds=1)
    number = (microseconds & (1 << 53) - 1) << 10 | secrets.randbits(10)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(12, -1, -1))


def made_at(key: str) -> datetime:
    """When the key was made. Raises ValueError if it is no TID."""
    number = 0
    for letter in key:
        number = number << 5 | ALPHABET.index(letter)
    return _EPOCH + timedelta(microseconds=number >> 10)
