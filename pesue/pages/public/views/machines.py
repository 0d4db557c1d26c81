"""What readers of feeds, search engines and networks fetch."""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from pesue.content.keeping import place_of
from pesue.content.models import Picture
from pesue.content.queries.stories import told_to_all
from pesue.foundation.site import whole
from pesue.guidance.queries import concepts
from pesue.pages.public import queries
from pesue.pages.public.answers import KEPT, for_everybody
from pesue.pages.public.card import Lettering, drawn
from pesue.pages.public.feeds import FEEDS
from pesue.pages.public.queries import Shelf, Told
from pesue.people.access import house

MOST_ADDRESSES = 50_000  # of one site map: https://www.sitemaps.org/protocol.html
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@for_everybody
def feed(request: HttpRequest, kind: str, form: str, slug: str = "") -> HttpResponse:
    """The newest stories, to follow."""
    if form not in FEEDS:
        raise Http404
    type_, make = FEEDS[form]
    found = queries.shelf(kind, slug)
    with translation.override(found.language):
        answer = HttpResponse(make(found), content_type=type_)
    answer["Access-Control-Allow-Origin"] = "*"  # readers that are pages themselves
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_everybody
def card(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """The picture that networks show beside a link.

    Whether it may still be shown is asked first; drawing is what takes time.
    """
    found = queries.told(slug) if kind == "story" else queries.shelf(kind, slug)
    ours = found.house
    words, photo = _lettering(found), _photo(found)
    asked = repr((astuple(words), ours.accent, photo, settings.VERSION))
    key = f"card:{hashlib.sha256(asked.encode()).hexdigest()}"
    body = cache.get(key)
    if body is None:
        body = drawn(words, ours.accent, photo)
        cache.set(key, body, KEPT)
    return HttpResponse(body, content_type="image/png")


def _lettering(found: Shelf | Told) -> Lettering:
    over, by = "", ""
    if isinstance(found, Told):
        by = str(found.story.author)
        over = found.story.concept.name if found.story.concept else ""
    elif found.person:
        over = found.person.member.title if found.person.titled else ""
        by = found.words
    elif found.concept:
        over = f"#{found.concept.hashtag}" if found.concept.hashtag else ""
    else:
        by = found.words
    return Lettering(over, found.title, by, found.house.name)


def _photo(found: Shelf | Told) -> Path | None:
    picture = found.story.cover if isinstance(found, Told) else _first(found)
    if picture is None:
        return None
    name = picture.medium_url.rpartition("/")[2]
    return place_of(Path(settings.MEDIA_ROOT), name)


def _first(shelf: Shelf) -> Picture | None:
    covers = (story.cover for story in shelf.stories)
    return next((picture for picture in covers if picture), None)


@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """All that search engines may find, the newest stories of it."""
    house()
    lines = [
        f"<url><loc>{escape(whole(path))}</loc>{_changed(at)}</url>"
        for path, at in [*_pages(), *_stories()][:MOST_ADDRESSES]
    ]
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">'
        f"{''.join(lines)}</urlset>"
    )
    return HttpResponse(body, content_type="application/xml")


def _pages() -> Iterator[tuple[str, datetime | None]]:
    yield reverse("public-stories"), None
    yield reverse("public-people"), None
    for page in queries.people():
        yield page.get_absolute_url(), None
    for concept in concepts.told_to_all():
        yield queries.concept_path(concept), None


def _stories() -> Iterator[tuple[str, datetime | None]]:
    rows = told_to_all().values_list("slug", "accepted_at")[:MOST_ADDRESSES]
    begin = reverse("public-stories")
    yield from ((f"{begin}{slug}", at) for slug, at in rows)


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""


@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing is forbidden but signing in: short links have to be followed, so that
    networks can show what they lead to."""
    body = (
        f"User-agent: *\nDisallow: /account/\n\nSitemap: {whole(reverse('sitemap'))}\n"
    )
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
