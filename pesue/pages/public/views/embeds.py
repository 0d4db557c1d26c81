"""Our pages within other sites: oEmbed, and the frame it leads to."""

from http import HTTPStatus

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from pesue.foundation.site import whole
from pesue.pages.public import queries
from pesue.pages.public.answers import KEPT, for_everybody, head, page
from pesue.pages.public.queries import Shelf, Told

WIDTH, HEIGHT = 600, 420  # pixels
LEAST = 120  # pixels, in which a title can still be read
IN_EMBED = 4  # stories: what HEIGHT has room for


class Unclear(Exception):
    """The request is not what oEmbed knows."""


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@for_everybody
def embed(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """A story, or the newest ones, in a frame of any site. It alone may be framed."""
    found = queries.told(slug) if kind == "story" else queries.shelf(kind, slug)
    stories = [found.story] if isinstance(found, Told) else found.stories[:IN_EMBED]
    context = head(found) | {"stories": stories, "one": isinstance(found, Told)}
    answer = page("embed.html", found.house, found.language, **context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_everybody
def oembed(request: HttpRequest) -> HttpResponse:
    """https://oembed.com, in JSON. 404 for what is not ours, 410 for what is gone."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    try:
        width = _size(request.GET.get("maxwidth"), WIDTH)
        height = _size(request.GET.get("maxheight"), HEIGHT)
    except Unclear:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if not request.GET.get("url"):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    found = queries.at(request.GET["url"])
    answer = JsonResponse(_told(found, width, height))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _size(asked: str | None, ours: int) -> int:
    """The smaller of what is asked and what we like. Raises Unclear."""
    if asked is None:
        return ours
    known = asked.isascii() and asked.isdecimal() and len(asked) < 6
    if not known or int(asked) < LEAST:
        raise Unclear
    return min(ours, int(asked))


def _told(found: Shelf | Told, width: int, height: int) -> dict[str, object]:
    author, page = "", None
    if isinstance(found, Told):
        author, page = str(found.story.author), found.page
    elif found.person:
        author, page = found.title, found.person
    frame = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        whole(f"/embed{found.path}"),
        found.title,
        width,
        height,
    )
    told = {
        "type": "rich",
        "version": "1.0",
        "title": found.title,
        "author_name": author,
        "author_url": whole(page.get_absolute_url()) if page else "",
        "provider_name": found.house.name,
        "provider_url": whole("/s/"),
        "cache_age": KEPT,
        "html": frame,
        "width": width,
        "height": height,
    }
    return {key: value for key, value in told.items() if value != ""}
