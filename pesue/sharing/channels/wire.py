"""One request to a network: bounded in time and bytes, honest about silence."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from time import monotonic
from typing import Any

import httpx
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels.errors import (
    Disconnected,
    Refused,
    TryLater,
    Unanswered,
    Words,
)

MOST_BYTES = 2_000_000  # of an answer; the largest sound one is a list of 40 posts
MOST_TIME = 60.0  # seconds for one answer
NO_ROUTE = timedelta(minutes=5)
BUSY = timedelta(minutes=15)
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(hours=6)  # that we let a network put us off at once


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The object in the body; empty if there is none, whatever else there is."""
        found = self.value()
        return found if isinstance(found, dict) else {}

    def value(self) -> Any:
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def words(self) -> str:
        """What the network says, in one short line, from a body of any shape."""
        said = self.json()
        for name in ("message", "error_description", "error"):
            if isinstance(said.get(name), str) and said[name]:
                return line(said[name])
        text = self.body[:4000].decode("utf-8", "replace")
        text = re.sub(r"(?s)<(script|style).*?(</\1>|$)|<[^>]*>", " ", text)
        return line(unescape(text))


def line(text: str, most: int = 150) -> str:
    """One printable line of a network's text: it will be stored and shown."""
    words = "".join(c if c.isprintable() else " " for c in text).split()
    return " ".join(words)[:most]


def token_in(value: object) -> str:
    """A token that can travel in a header. Raises Refused."""
    text = str(value or "")
    if not (text.isascii() and text.isprintable() and 0 < len(text) < 10_000):
        raise Refused(_("The server gave no token that we could use. Try again."))
    return text


def ask(http: httpx.Client, method: str, url: str, **request: Any) -> Answer:
    """Send one request; redirects are answers like others, never followed.

    Raises TryLater if the request cannot have arrived, Unanswered if it may have,
    Refused if the address cannot be asked at all.
    """
    began = monotonic()
    try:
        with http.stream(method, url, follow_redirects=False, **request) as answer:
            packing, body = answer.headers.get("content-encoding", ""), b""
            pieces = answer.iter_raw if packing else answer.iter_bytes
            for piece in pieces(65_536):
                body += piece
                if len(body) > MOST_BYTES or monotonic() - began > MOST_TIME:
                    raise Unanswered
            return Answer(answer.status_code, answer.headers, _unpacked(body, packing))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TryLater(NO_ROUTE) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Refused(_("The server's address is not one we can reach.")) from error
    except httpx.HTTPError as error:
        raise Unanswered from error


def _unpacked(body: bytes, packing: str) -> bytes:
    """Unpacked by ourselves: httpx would unpack a bomb before we could count."""
    if packing.strip().lower() in ("", "identity"):
        return body
    try:
        unpack = zlib.decompressobj(wbits=47)  # gzip or zlib, as its head says
        found = unpack.decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise Unanswered from error
    if not unpack.eof:
        raise Unanswered
    return found


def read(http: httpx.Client, url: str, network: Words, **request: Any) -> Answer:
    """A GET that must succeed. Raises Refused, Disconnected, TryLater, Unanswered."""
    answer = ask(http, "GET", url, **request)
    judge(answer, network)
    return answer


def judge(answer: Answer, network: Words, *, creating: bool = False) -> None:
    """Raise what the answer means, unless it is a success.

    `creating`: the request was the one that makes the post public, so a server's
    own failure leaves it in doubt; else it may simply be tried again.
    """
    if answer.fine:
        return
    if answer.status in (401, 403):
        raise Disconnected(
            format_lazy(_("{network} asks you to connect again."), network=network)
        )
    if answer.status == 429:
        raise TryLater(_wait(answer))
    if answer.status >= 500 or answer.status in (302, 303, 408):
        if creating:
            raise Unanswered
        raise TryLater(NO_ROUTE)
    raise Refused(
        format_lazy(
            _("{network} answered: {words}"),
            network=network,
            words=answer.words() or answer.status,
        )
    )


def _wait(answer: Answer) -> timedelta:
    """How long the network asks us to wait; a quarter of an hour if it does not say.

    Retry-After is in seconds or a date (RFC 9110); ratelimit-reset in seconds since
    1970 (Bluesky); x-ratelimit-reset a date (Mastodon).
    """
    now = datetime.now(UTC)
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-reset"):
        asked = answer.headers.get(name, "").strip()
        if asked.isascii() and asked.isdigit():
            since = 0 if name == "retry-after" else now.timestamp()
            return _within(timedelta(seconds=int(asked[:11]) + 1 - since))
        for parse in (parsedate_to_datetime, datetime.fromisoformat):
            try:
                return _within(parse(asked) - now)
            except (ValueError, TypeError, OverflowError):
                continue
    return BUSY


def _within(asked: timedelta) -> timedelta:
    return min(max(asked, SHORTEST), LONGEST)
