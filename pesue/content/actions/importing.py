"""Bringing in by hand: a feed, a list of feeds or a page, from a file or the web."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pesue.content.actions.items import add_item
from pesue.content.actions.polling import MOST_BYTES, take_in
from pesue.content.actions.sources import add_source
from pesue.content.canonical import url_key
from pesue.content.feeds import NoFeed, read_feed
from pesue.content.models import Item, Source
from pesue.content.opml import feeds_of, is_opml
from pesue.content.webpages import read_page
from pesue.foundation.http import Unfetchable, fetch
from pesue.people.models import Member, Organisation


@dataclass(frozen=True)
class Imported:
    items: int  # new ones
    known: int  # entries that were there already
    sources: int  # feeds that are read from now on
    note: str  # the reason of a trouble, or ""


def import_from(
    url_or_path: str,
    *,
    now: datetime,
    by: Member | None = None,
    straight: bool = True,
) -> Imported:
    """Bring in a feed file (RSS, Atom, JSON Feed, OPML), a web page, or their address.

    `straight` puts items into the library; else they wait in the inbox. A feed's
    address becomes a source that is read from now on. Raises Unfetchable, NoFeed
    (a file that is nothing of these) and OSError.
    """
    if not url_or_path.startswith(("https://", "http://", "feed://")):
        return _from_file(Path(url_or_path), now=now, by=by, straight=straight)
    found = fetch(url_or_path, most_bytes=MOST_BYTES)
    if is_opml(found.body):
        return _from_opml(found.body, now=now, by=by, straight=straight)
    try:
        feed = read_feed(
            found.body, url=found.url, type=found.type, charset=found.charset, now=now
        )
    except NoFeed:
        return _from_page(found.body, found.url, found.charset, now, by, straight)
    source = add_source(
        url_or_path,
        by=by,
        now=now,
        title=feed.title,
        straight=straight,
        language=_language(feed.language),
    )
    new = take_in(feed.entries, source=source, now=now)
    return Imported(new, len(feed.entries) - new, 1, feed.note)


def _from_file(
    path: Path, *, now: datetime, by: Member | None, straight: bool
) -> Imported:
    body = path.read_bytes()
    if is_opml(body):
        return _from_opml(body, now=now, by=by, straight=straight)
    feed = read_feed(body, url="", now=now)
    language = _language(feed.language)
    new = take_in(
        feed.entries, source=None, now=now, straight=straight, language=language
    )
    return Imported(new, len(feed.entries) - new, 0, feed.note)


def _from_opml(
    body: bytes, *, now: datetime, by: Member | None, straight: bool
) -> Imported:
    before, bad = Source.objects.count(), ""
    for url, title in feeds_of(body):
        try:
            add_source(url, by=by, now=now, title=title[:200], straight=straight)
        except Unfetchable as error:
            bad = error.reason
    return Imported(0, 0, Source.objects.count() - before, bad)


def _from_page(
    body: bytes,
    url: str,
    charset: str,
    now: datetime,
    by: Member | None,
    straight: bool,
) -> Imported:
    page = read_page(body, url=url, charset=charset)
    if not page.title:
        raise NoFeed
    if Item.objects.filter(url_key=url_key(page.url)).exists():
        return Imported(0, 1, 0, "")
    add_item(
        now=now,
        state=Item.State.READY if straight else Item.State.INBOX,
        read_page=True,
        url=page.url,
        title=page.title,
        summary=page.summary,
        text=page.text,
        site=page.site,
        language=_language(page.language),
        suggested_by=by,
    )
    return Imported(1, 0, 0, "")


def _language(found: str) -> str:
    if found in {"fi", "sv", "en"}:
        return found
    ours = Organisation.the()
    return ours.language if ours else "fi"
