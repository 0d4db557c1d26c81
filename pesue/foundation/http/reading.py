"""Reading one address: limits on size, time, type and redirects."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from pesue.foundation.http.guard import client
from pesue.foundation.http.refusals import Forbidden, Unfetchable

MEGABYTE = 1_000_000
CHUNK = 64 * 1024
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}


@dataclass(frozen=True)
class Fetched:
    url: str  # where the body was found, after redirects
    status: int  # 200, or 304 with an empty body
    type: str  # "text/html"; empty when the server did not say
    charset: str  # as the server said; may be wrong or empty
    body: bytes
    etag: str
    last_modified: str
    moved_to: str  # set when the first redirects were permanent


def fetch(
    url: str,
    *,
    accept: tuple[str, ...] = (),
    most_bytes: int = 5 * MEGABYTE,
    headers: Mapping[str, str] | None = None,
    seconds: float = 20,
) -> Fetched:
    """Read an address that we were given. Raises Unfetchable.

    `accept` names the types we can use ("text/html", "image/*"); empty takes any.
    `most_bytes` counts what the body unpacks to, `seconds` the whole of it.
    """
    wanted = {"Accept": ", ".join(accept) or "*/*", "Accept-Encoding": "gzip"}
    host = "?"
    try:
        target = _looked_at(url)
        host = target.host
        with client(seconds=seconds, timeout=min(10, seconds)) as http:
            return _follow(
                http, target, {**(headers or {}), **wanted}, accept, most_bytes
            )
    except Forbidden as error:
        raise error.refusal from error
    except httpx.TimeoutException as error:
        raise Unfetchable("slow", host=host) from error
    except httpx.ConnectError as error:
        reason = "certificate" if "CERTIFICATE" in str(error) else "silent"
        raise Unfetchable(reason, host=host) from error
    except (httpx.HTTPError, zlib.error) as error:
        raise Unfetchable("broken", host=host) from error


def _looked_at(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Unfetchable("address", url=text[:100]) from error
    if url.scheme not in {"http", "https"}:
        raise Unfetchable("scheme")
    if not url.host:
        raise Unfetchable("address", url=text[:100])
    if url.userinfo:
        raise Unfetchable("password")
    return url


def _follow(
    http: httpx.Client,
    url: httpx.URL,
    headers: Mapping[str, str],
    accept: tuple[str, ...],
    most_bytes: int,
) -> Fetched:
    moved_to, for_good = "", True
    for _turn in range(MOST_REDIRECTS + 1):
        with http.stream("GET", url, headers=headers) as answer:
            if answer.status_code not in REDIRECTS:
                _refuse_status(answer)
                return _whole(answer, moved_to, accept, most_bytes)
            url = _next(answer)
            for_good = for_good and answer.status_code in FOR_GOOD
            moved_to = str(url) if for_good else moved_to
    raise Unfetchable("redirects", host=url.host)


def _next(answer: httpx.Response) -> httpx.URL:
    try:
        return _looked_at(str(answer.url.join(answer.headers.get("Location", ""))))
    except httpx.InvalidURL as error:
        raise Unfetchable("broken", host=answer.url.host) from error


def _refuse_status(answer: httpx.Response) -> None:
    status, host = answer.status_code, answer.url.host
    if status in {200, 203, 304}:
        return
    if status in {404, 410}:
        raise Unfetchable("gone")
    if status in {401, 402, 403}:
        raise Unfetchable("closed", host=host)
    wait = _wait(answer.headers.get("Retry-After", ""))
    if status in {429, 503}:
        raise Unfetchable("busy", wait=wait, host=host)
    raise Unfetchable("error", wait=wait, host=host, status=status)


def _wait(text: str) -> timedelta | None:
    """Retry-After (RFC 9110, 10.2.3): seconds or a date; never over a week."""
    try:
        if text.isdigit():
            wait = timedelta(seconds=min(int(text[:9]), 10**7))
        else:
            wait = parsedate_to_datetime(text) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return max(timedelta(0), min(wait, timedelta(days=7)))


def _whole(
    answer: httpx.Response, moved_to: str, accept: tuple[str, ...], most_bytes: int
) -> Fetched:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status_code != 304 and not _fits(kind, accept):
        raise Unfetchable("type", type=kind)
    return Fetched(
        url=str(answer.url),
        status=answer.status_code,
        type=kind,
        charset=answer.charset_encoding or "",
        body=_unpacked(answer, most_bytes),
        etag=answer.headers.get("ETag", "")[:500],
        last_modified=answer.headers.get("Last-Modified", "")[:100],
        moved_to=moved_to,
    )


def _fits(kind: str, accept: tuple[str, ...]) -> bool:
    if not (kind and accept):
        return True
    return kind in accept or f"{kind.partition('/')[0]}/*" in accept


def _unpacked(answer: httpx.Response, most_bytes: int) -> bytes:
    """The body, unpacked by ourselves: httpx would unpack a bomb before we count."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip", "deflate", ""}:
        raise Unfetchable("broken", host=answer.url.host)
    unpack = None if coding in {"identity", ""} else zlib.decompressobj(wbits=47)
    body = bytearray()
    for packed in answer.iter_raw(CHUNK):
        left = most_bytes + 1 - len(body)
        body += unpack.decompress(packed, left) if unpack else packed
        if len(body) > most_bytes:
            raise Unfetchable("large", megabytes=most_bytes // MEGABYTE or 1)
    return bytes(body)
