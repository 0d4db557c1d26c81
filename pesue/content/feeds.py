"""Reading feeds: RSS, Atom and JSON Feed, well made or not. No Django, no network."""

import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from pesue.content.canonical import canonical
from pesue.content.plain import endless, line, plain

MOST_ENTRIES = 200  # of one feed, newest first as feeds are
TITLE, SUMMARY, TEXT, KEY, ALT = 200, 2000, 20_000, 500, 500  # characters
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
JSON_VERSION = re.compile(r"https?://(www\.)?jsonfeed\.org/version/1(\.1)?")
ENCODING = re.compile(rb"""<\?.*?encoding\s*=\s*["'](.*?)["']""", re.I | re.S)
END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.I)
ROOT = re.compile(rb"<((?:\w+:)?(?:rss|rdf|feed))[\s>]", re.I)


class NoFeed(Exception):
    """The document is not a feed of any kind we know."""


@dataclass(frozen=True)
class Entry:
    key: str  # the feed's own id, else the address; the same on every reading
    url: str  # canonical; may be empty
    title: str
    summary: str
    text: str
    published: datetime | None
    language: str  # "fi", or empty
    picture_url: str
    picture_alt: str


@dataclass(frozen=True)
class Feed:
    title: str
    language: str
    entries: list[Entry]
    note: str  # "", "cut feed" or "crooked feed": what to tell whoever added it


def read_feed(
    body: bytes, *, url: str, type: str = "", charset: str = "", now: datetime
) -> Feed:
    """Read a feed's bytes, found at `url`. Raises NoFeed."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(body, url, now)
    declared = ENCODING.search(body[:1000])
    if endless(charset) or (declared and endless(declared[1].decode("latin-1"))):
        raise NoFeed
    body, cut = _cut(body)
    content_type = f"{type or 'application/xml'}" + (
        f"; charset={charset}" if charset else ""
    )
    # A stream, never bytes: feedparser opens bytes that look like an address.
    try:
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,
        )
    except Exception as error:  # whatever strangers' bytes make of a parser
        raise NoFeed from error
    if not found.get("version") and not found.entries:
        raise NoFeed
    crooked = found.bozo and not isinstance(
        found.bozo_exception,
        feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType,
    )
    language = _language(found.feed.get("language", ""))
    entries = [_entry(entry, url, language, now) for entry in found.entries]
    return Feed(
        title=line(found.feed.get("title", ""), TITLE),
        language=language,
        entries=[entry for entry in entries if entry.key][:MOST_ENTRIES],
        note="cut feed" if cut else "crooked feed" if crooked else "",
    )


def _cut(body: bytes) -> tuple[bytes, bool]:
    """The feed up to its entry number MOST_ENTRIES, closed again; whether it was cut.

    Cut before it is parsed: a hundred thousand entries would hold a worker for long.
    """
    for number, end in enumerate(END.finditer(body), start=1):
        if number > MOST_ENTRIES:
            break
        last = end.end()
    else:
        return body, False
    root = ROOT.search(body)
    name = root.group(1) if root else b"rss"
    closing = b"</channel></" if name.lower().endswith(b"rss") else b"</"
    return body[:last] + closing + name + b">", True


def _entry(raw: Mapping[str, Any], base: str, language: str, now: datetime) -> Entry:
    url = canonical(raw.get("link") or _link(raw), base) if raw else ""
    contents = [part.get("value", "") for part in raw.get("content", [])]
    text = plain(max([*contents, raw.get("summary", "")], key=len), TEXT)
    summary = plain(raw.get("summary", ""), SUMMARY) or plain(text, SUMMARY)
    picture_url, picture_alt = _picture(raw, contents, base)
    own = raw.get("content", [{}])[0].get("language") if contents else ""
    return Entry(
        key=(line(str(raw.get("id", "")), KEY) or url)[:KEY],
        url=url,
        title=line(raw.get("title", ""), TITLE) or line(summary, 80) or url[:TITLE],
        summary=summary,
        text=text,
        published=_when(_moment(raw), now),
        language=_language(own or "") or language,
        picture_url=picture_url,
        picture_alt=line(picture_alt, ALT),
    )


def _link(raw: Mapping[str, Any]) -> str:
    """A podcast's or a photo feed's entry may have only a file to link to."""
    links = [part.get("href", "") for part in raw.get("links", [])]
    guid = raw.get("id", "")
    return next(filter(None, links), guid if guid.startswith("http") else "")


def _picture(raw: Mapping[str, Any], contents: list[str], base: str) -> tuple[str, str]:
    """The largest picture that the entry itself names, and its words."""
    media = [
        part
        for part in [*raw.get("media_content", []), *raw.get("media_thumbnail", [])]
        if part.get("medium", "image") == "image"
        and part.get("type", "image/").startswith("image/")
        and not re.search(r"\.(mp[34]|m4[av]|webm|mov)(\?|$)", part.get("url", ""))
    ]
    media.sort(key=lambda part: -_number(part.get("width", "0")))
    found = [(part.get("url", ""), raw.get("media_description", "")) for part in media]
    found += [
        (part.get("href", ""), "")
        for part in raw.get("enclosures", [])
        if part.get("type", "").startswith("image/")
    ]
    found += [(raw.get("image", {}).get("href", ""), "")]
    for address, words in [*found, *_inline([*contents, raw.get("summary", "")])]:
        if address and (whole := canonical(address, base)):
            return whole, words or ""
    return "", ""


IMG = re.compile(r"<img\b[^>]{0,4000}>", re.I)
SRC = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.I)
ALT_OF = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
PIXEL = re.compile(r"""\b(?:width|height)\s*=\s*["']?[01]\b""", re.I)


def _inline(contents: list[str]) -> list[tuple[str, str]]:
    """Pictures in the text, without the one-pixel ones that only count readers."""
    found = []
    for tag in (tag for part in contents for tag in IMG.findall(part[:200_000])):
        source, alt = SRC.search(tag), ALT_OF.search(tag)
        if source and not PIXEL.search(tag) and not source[1].startswith("data:"):
            found.append((source[1], (alt[1] or alt[2] or "") if alt else ""))
    return found[:1]


def _number(text: str) -> int:
    return int(text[:6]) if str(text)[:6].isdigit() else 0


def _moment(raw: Mapping[str, Any]) -> Any:
    # Past feedparser's own get(), which guesses one date from the other, and warns.
    plain_raw = dict(raw)
    return plain_raw.get("published_parsed") or plain_raw.get("updated_parsed")


def _when(parsed: Any, now: datetime) -> datetime | None:
    """The time an entry gives, if it can be true: after 1995, before tomorrow."""
    if not parsed:
        return None
    try:
        when = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return when if EARLIEST <= when <= now + timedelta(days=1) else None


def _language(code: str) -> str:
    return code.strip().lower()[:2] if re.match(r"[A-Za-z]{2}\b", code.strip()) else ""


def _json_feed(body: bytes, base: str, now: datetime) -> Feed:
    """JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/"""
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise NoFeed from error
    items = document.get("items")
    if not JSON_VERSION.match(str(document.get("version"))) or not isinstance(
        items, list
    ):
        raise NoFeed
    language = _language(_text(document, "language"))
    usable = [item for item in items if isinstance(item, dict)]
    entries = [_json_entry(item, base, language, now) for item in usable[:MOST_ENTRIES]]
    cut = "cut feed" if len(items) > MOST_ENTRIES else ""
    return Feed(
        title=line(_text(document, "title"), TITLE),
        language=language,
        entries=[entry for entry in entries if entry.key],
        note=cut or ("crooked feed" if len(usable) < len(items) else ""),
    )


def _json_entry(item: dict[str, Any], base: str, language: str, now: datetime) -> Entry:
    url = canonical(_text(item, "url") or _text(item, "external_url"), base)
    words = _text(item, "content_html")
    text = plain(words, TEXT) or plain(_escaped(_text(item, "content_text")), TEXT)
    summary = plain(_escaped(_text(item, "summary")), SUMMARY) or plain(
        _escaped(text), SUMMARY
    )
    pictures = [(_text(item, "image"), ""), (_text(item, "banner_image"), "")]
    pictures += _inline([words])
    address, alt = next((pair for pair in pictures if pair[0]), ("", ""))
    return Entry(
        key=(line(_text(item, "id"), KEY) or url)[:KEY],
        url=url,
        title=line(_escaped(_text(item, "title")), TITLE) or line(summary, 80),
        summary=summary,
        text=text,
        published=_iso(_text(item, "date_published"), now),
        language=_language(_text(item, "language")) or language,
        picture_url=canonical(address, base),
        picture_alt=line(alt, ALT),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key, "")
    return str(value) if isinstance(value, str | int | float) else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _iso(text: str, now: datetime) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _when(
        (when if when.tzinfo else when.replace(tzinfo=UTC)).utctimetuple(), now
    )
