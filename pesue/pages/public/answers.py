"""How a page for everybody is answered: whoever likes may keep a copy for a while."""

import functools
import gzip
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.views.decorators.http import require_safe

from pesue.doors import access as fediverse
from pesue.foundation.gone import Gone
from pesue.foundation.site import whole
from pesue.pages.public.feeds import FEEDS, feed_path, title_of
from pesue.pages.public.linked_data import Thing, script
from pesue.pages.public.queries import Shelf, Told
from pesue.people.models import Organisation

KEPT = 300  # seconds
LEAST_PACKED = 500  # bytes: less is not worth it
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}

View = Callable[..., HttpResponse]


def for_everybody(view: View) -> Callable[..., HttpResponseBase]:
    """A view whose answer is the same for all.

    Its tag is made of what was answered, and weak, as it is the same packed or not.
    No Last-Modified: a page from which something
    was taken is not newer, so by a date alone what was withdrawn would be kept.
    """

    @require_safe
    @functools.wraps(view)
    def answered(request: HttpRequest, **asked: Any) -> HttpResponseBase:
        try:
            answer = view(request, **asked)
        except Gone:
            return _gone()
        if answer.status_code != HTTPStatus.OK:
            return answer
        if not answer.has_header("Cache-Control"):
            patch_cache_control(answer, public=True, max_age=KEPT)
        tag = f'W/"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer["ETag"] = tag
        if not answer["Content-Type"].startswith("image/"):
            patch_vary_headers(answer, ["Accept-Encoding"])
        kept = get_conditional_response(request, etag=tag, response=answer)
        return _packed(request, answer) if kept is None or kept is answer else kept

    return answered


def _packed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A quarter of the bytes. Nothing secret is in it that its length could tell."""
    taken = "gzip" in request.headers.get("Accept-Encoding", "")
    if taken and answer.has_header("Vary") and len(answer.content) > LEAST_PACKED:
        answer.content = gzip.compress(answer.content, compresslevel=5, mtime=0)
        answer["Content-Encoding"] = "gzip"
        answer["Content-Length"] = str(len(answer.content))
    return answer


def page(
    template: str,
    ours: Organisation,
    language: str,
    thing: Thing | None = None,
    **context: Any,
) -> HttpResponse:
    """A page in a language, made without the request: it cannot hang on who asks."""
    with translation.override(language):
        around = {
            "organisation": ours,
            "language": language,
            "locale": LOCALES.get(language, "en_GB"),
            "site": settings.ADDRESS,
            "version": settings.VERSION,
            "source_url": settings.SOURCE_URL,
            "linked_data": script(thing) if thing else "",
        }
        body = render_to_string(f"pages/public/{template}", {**around, **context})
    answer = HttpResponse(body)
    answer["Content-Language"] = language
    if ours.demo:  # invented people are not for search engines
        answer["X-Robots-Tag"] = "noindex"
    return answer


def head(shown: Shelf | Told) -> dict[str, Any]:
    """What the head of a page tells networks, readers and other sites."""
    card = f"{shown.path.rstrip('/')}/card.png"
    return {
        "shown": shown,
        **_fediverse(shown),
        "address": whole(shown.path),
        "card": whole(card),
        "feeds": feeds(shown) if isinstance(shown, Shelf) else [],
    }


def _fediverse(shown: Shelf | Told) -> dict[str, str]:
    """Whom to follow there from this page, and where a server finds what it shows."""
    if isinstance(shown, Told):
        return {"streamed": fediverse.note_of(shown.story)}
    if shown.concept:
        return {}
    person = shown.person.member if shown.person else None
    one = fediverse.of(person) if person else fediverse.the_house()
    return {"streamed": one.id_, "handle": one.handle} if one else {}


def feeds(shelf: Shelf) -> list[tuple[str, str, str]]:
    """Type, title and address of each."""
    return [
        (kind.partition(";")[0], title_of(shelf), feed_path(shelf, name))
        for name, (kind, _make) in FEEDS.items()
    ]


def _gone() -> HttpResponse:
    """Not kept: what is gone may be shown again."""
    answer = HttpResponse(render_to_string("410.html"), status=HTTPStatus.GONE)
    answer["Cache-Control"] = "no-cache"
    return answer
