"""Stories to follow with a reader: RSS 2.0, Atom and JSON Feed 1.1."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html, linebreaks

from pesue.content.models import Story
from pesue.content.plain import clipped, seen
from pesue.foundation.site import whole
from pesue.pages.public.queries import Shelf, page_of

JSON_FEED = "https://jsonfeed.org/version/1.1"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class _Settled:
    """A feed without stories is as old each time it is asked: Django would say now."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((one["pubdate"] for one in self.items), default=BEGINNING)


class _Rss(_Settled, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


class _Atom(_Settled, Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


def feed_path(shelf: Shelf, kind: str) -> str:
    return f"{shelf.path.rstrip('/')}/feed.{kind}"


def title_of(shelf: Shelf) -> str:
    return seen(f"{shelf.title} · {shelf.house.name}")


def _rss(shelf: Shelf) -> str:
    return _xml(_Rss, "rss", shelf)


def _atom(shelf: Shelf) -> str:
    return _xml(_Atom, "atom", shelf)


def _xml(make: type[SyndicationFeed], kind: str, shelf: Shelf) -> str:
    feed = make(
        title=title_of(shelf),
        link=whole(shelf.path),
        description=seen(shelf.words) or title_of(shelf),
        language=shelf.language,
        feed_url=whole(feed_path(shelf, kind)),
        author_name=seen(shelf.house.name),
    )
    for story in shelf.stories:
        page = page_of(story)
        address = whole(f"/s/{story.slug}")
        feed.add_item(
            title=seen(story.title),
            link=address,
            description=_html(story),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=story.accepted_at,
            updateddate=story.accepted_at,
            author_name=seen(str(story.author)),
            author_link=whole(page.get_absolute_url()) if page else None,
            categories=[seen(story.concept.name)] if story.concept else [],
        )
    return str(feed.writeString("utf-8"))


def _json(shelf: Shelf) -> str:
    told = {
        "version": JSON_FEED,
        "title": title_of(shelf),
        "home_page_url": whole(shelf.path),
        "feed_url": whole(feed_path(shelf, "json")),
        "description": shelf.words,
        "language": shelf.language,
        "items": [_entry(story) for story in shelf.stories],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _entry(story: Story) -> dict[str, Any]:
    assert story.accepted_at
    address, picture, page = whole(f"/s/{story.slug}"), story.cover, page_of(story)
    author = {"name": str(story.author)}
    if page:
        author["url"] = whole(page.get_absolute_url())
    entry = {
        "id": address,
        "url": address,
        "title": story.title,
        "content_html": _html(story),
        "summary": clipped(" ".join(story.text.split()), 300),
        "date_published": story.accepted_at.isoformat(),
        "language": story.language,
        "authors": [author],
    }
    if picture:
        entry["image"] = whole(picture.url)
    if story.concept:
        entry["tags"] = [story.concept.name]
    return entry


def _html(story: Story) -> str:
    """The story, its first picture before it. XML has no room for signs that do not
    print."""
    picture = story.cover
    shown = ""
    if picture:
        address = whole(picture.medium_url)
        shown = format_html('<p><img src="{}" alt="{}"></p>', address, picture.alt)
    return seen(f"{shown}{linebreaks(story.text, autoescape=True)}")


FEEDS: dict[str, tuple[str, Callable[[Shelf], str]]] = {
    "rss": (_Rss.content_type, _rss),
    "atom": (_Atom.content_type, _atom),
    "json": ("application/feed+json", _json),
}
