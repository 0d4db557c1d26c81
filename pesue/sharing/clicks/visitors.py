"""A visitor is a number that means nothing once the day's salt is destroyed.

No address is written anywhere. The salt is random, shared by all processes
through the database for one day, and destroyed an hour after the day is over:
from then on nobody, ourselves included, can tell whose number it was, nor link
one day's visits with the next day's.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Network
from zoneinfo import ZoneInfo

SALT_BYTES = 32
EARLY = timedelta(minutes=10)  # tomorrow's salt is fetched this long before midnight


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The organisation's day: the one its people see on the results page."""
    return at.astimezone(zone).date()


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def visitor(salt: bytes, address: str, agent: str) -> str:
    """Sixteen hex digits, the same all day for one address and browser."""
    told = f"{address}\0{agent}".encode("utf-8", "surrogateescape")
    return blake2b(told, digest_size=8, key=salt).hexdigest()


class Salts:
    """The salt in use, held in memory only.

    `fetch` gives the salt all processes share for a day; it may be slow and may
    fail. `secret` never waits: without a shared salt it makes one of its own, so
    that a database out of reach costs some people counted twice, never a click.
    """

    def __init__(self, fetch: Callable[[date], bytes], zone: ZoneInfo) -> None:
        self._fetch = fetch
        self._zone = zone
        self._ahead: dict[date, bytes] = {}
        self._day = date.min
        self._shared = False
        self._secret = b""
        self._until = 0.0  # seconds since 1970

    def secret(self, at: float) -> bytes:
        """The salt at a time given in seconds since 1970."""
        if at >= self._until:
            self._turn(datetime.fromtimestamp(at, UTC))
        return self._secret

    def prepare(self, now: datetime) -> None:
        """Fetch what will be needed; raises whatever `fetch` raises."""
        today = day_of(now, self._zone)
        if today != self._day or not self._shared:
            self._ahead[today] = self._fetch(today)
            self._turn(now)
        tomorrow = day_of(now + EARLY, self._zone)
        if tomorrow != today and tomorrow not in self._ahead:
            self._ahead[tomorrow] = self._fetch(tomorrow)

    def _turn(self, now: datetime) -> None:
        day = day_of(now, self._zone)
        shared = self._ahead.pop(day, None)
        self._secret = shared or secrets.token_bytes(SALT_BYTES)
        self._shared = shared is not None
        self._day = day
        self._until = day_begins(day + timedelta(days=1), self._zone).timestamp()


def client_address(peer: str, forwarded: str | None, proxies: int) -> str:
    """Whose request it is, when `proxies` of our own stand before us.

    Each trusted proxy adds one entry at the right of X-Forwarded-For (`forwarded` is
    all such headers, joined by commas); whatever stands further left may be invented
    by the visitor and is not read.
    """
    if not proxies or not forwarded:
        return without_port(peer)
    chain = [part.strip() for part in forwarded.split(",")] + [peer]
    return without_port(chain[max(0, len(chain) - 1 - proxies)])


def without_port(text: str) -> str:
    """The address in "192.0.2.1:80", "[2001:db8::1]:80" or either without a port."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def network_of(address: str) -> str:
    """What one household has: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        return str(IPv6Network((address, 64), strict=False))
    except ValueError:
        return address
