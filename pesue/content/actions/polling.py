"""One reading of a feed: ask, read, take in what is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from pesue.content.actions.items import add_item
from pesue.content.canonical import host_of, url_key
from pesue.content.feeds import Entry, Feed, NoFeed, read_feed
from pesue.content.models import Item, Reading, Source
from pesue.content.webpages import feed_in
from pesue.foundation.http import MEGABYTE, Fetched, Unfetchable, fetch
from pesue.foundation.moves import LostRace

MOST_BYTES = 5 * MEGABYTE
PAUSE = timedelta(minutes=30)  # between two readings of a feed
LONGEST = timedelta(days=1)  # between two tries at a failing one
OLDEST = timedelta(days=60)  # before the source was added: history, not news
State = Source.State


def poll(source: Source, *, now: datetime) -> int:
    """Read a source that is due. Returns how many new items it brought.

    Does nothing if another worker has it, or is just reading its host.
    """
    try:
        with transaction.atomic():
            source.move(State.READING, now=now)
    except (LostRace, IntegrityError):
        return 0
    try:
        found = fetch(source.url, most_bytes=MOST_BYTES, headers=_asked_before(source))
        if found.status == 304:
            _put_back(source, now=now, reason=source.reason, found=found)
            return 0
        feed = _read(found, now)
    except Unfetchable as error:
        _failed(source, error, now=now)
        return 0
    except NoFeed:
        _no_feed(source, found, now=now)
        return 0
    new = take_in(feed.entries, source=source, now=now)
    _put_back(source, now=now, reason=feed.note, found=found, feed=feed)
    return new


def _asked_before(source: Source) -> dict[str, str]:
    asked = {
        "If-None-Match": source.etag,
        "If-Modified-Since": source.last_modified,
    }
    return {name: value for name, value in asked.items() if value}


def _read(found: Fetched, now: datetime) -> Feed:
    return read_feed(
        found.body, url=found.url, type=found.type, charset=found.charset, now=now
    )


def take_in(
    entries: Sequence[Entry],
    *,
    source: Source | None,
    now: datetime,
    straight: bool = False,
    language: str = "fi",
) -> int:
    """Make items of entries that are new to us, the oldest first. Returns how many.

    New is what has neither the key of an item of this source nor the address of any
    item. Each entry is stored by itself: a bad one does not take others along.
    """
    recent = [entry for entry in entries if _is_news(entry, source)]
    keys = {entry.key for entry in recent}
    known = set(
        Item.objects.filter(source=source, source_key__in=keys).values_list(
            "source_key", flat=True
        )
    )
    pages = {url_key(entry.url) for entry in recent} - {""}
    seen = set(Item.objects.filter(url_key__in=pages).values_list("url_key", flat=True))
    new = 0
    for entry in reversed(recent):
        page = url_key(entry.url)
        if entry.key in known or page in seen:
            continue
        new += _store(entry, source, straight, language, now)
        known.add(entry.key)
        seen |= {page} - {""}
    return new


def _is_news(entry: Entry, source: Source | None) -> bool:
    if source is None or entry.published is None:
        return True
    return entry.published > source.added_at - OLDEST


def _store(
    entry: Entry, source: Source | None, straight: bool, language: str, now: datetime
) -> bool:
    if source:
        straight, language = source.straight, source.language
    try:
        with transaction.atomic():
            item = add_item(
                now=now,
                state=Item.State.READY if straight else Item.State.INBOX,
                url=entry.url,
                title=entry.title or entry.url[:200],
                summary=entry.summary,
                text=entry.text,
                language=entry.language if entry.language in KNOWN else language,
                source=source,
                source_key=entry.key,
                published_at=entry.published,
                site=(source.title if source else "")[:100],
                team=source.team if source else None,
            )
            if source:
                item.topics.set(source.topics.all())
            if entry.picture_url or entry.url:
                _read_later(item, entry, now)
    except IntegrityError:
        return False  # another worker, or another feed, was first
    return True


KNOWN = ("fi", "sv", "en")


def _read_later(item: Item, entry: Entry, now: datetime) -> None:
    Reading.objects.create(
        item=item,
        state=Reading.State.WAITING,
        state_since=now,
        next_at=now,
        picture_url=entry.picture_url,
        picture_alt=entry.picture_alt,
    )


def _put_back(
    source: Source,
    *,
    now: datetime,
    reason: str,
    found: Fetched,
    feed: Feed | None = None,
) -> None:
    also: dict[str, Any] = {
        "next_at": now + PAUSE,
        "read_at": now,
        "failures": 0,
        "reason": reason,
    }
    if feed:
        also |= {
            "title": source.title or feed.title,
            "etag": found.etag,
            "last_modified": found.last_modified,
            "about": {"most": len(feed.entries)},
        }
    source.move(State.WAITING, now=now, **also, **_moved(source, found.moved_to))


def _moved(source: Source, address: str) -> dict[str, str]:
    """The new address of a feed that moved for good, unless it is a source already."""
    taken = Source.objects.filter(url=address).exclude(pk=source.pk).exists()
    if not address or taken or len(address) > 1000:
        return {}
    return {"url": address, "host": host_of(address)}


def _failed(source: Source, error: Unfetchable | None = None, *, now: datetime) -> None:
    """Wait twice as long after each failure, at most a day, or as long as asked."""
    wait = error.wait if error and error.wait else timedelta(0)
    pause = min(PAUSE * 2 ** min(source.failures, 6), LONGEST)
    source.move(
        State.WAITING,
        now=now,
        next_at=now + max(pause, wait),
        failures=source.failures + 1,
        reason=error.reason if error else "no feed",
        about=error.about if error else {},
    )


def _no_feed(source: Source, found: Fetched, *, now: datetime) -> None:
    """A page, not a feed: follow it to the feed it names, once."""
    address = feed_in(found.body, url=found.url, charset=found.charset)
    moved = _moved(source, address) if not source.failures else {}
    if moved:
        source.move(State.WAITING, now=now, next_at=now, failures=1, **moved)
    else:
        _failed(source, now=now)
