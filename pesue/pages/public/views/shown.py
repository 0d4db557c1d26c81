from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from pesue.foundation.site import whole
from pesue.pages.public import queries
from pesue.pages.public.answers import for_everybody, head, page
from pesue.pages.public.linked_data import described, of_people
from pesue.people.access import house

PEOPLE = 60  # of one page


@for_everybody
@cache_control(no_cache=True)
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """A story for everybody on the web.

    Who keeps the page asks each time whether it still stands: so every visit is seen.
    """
    found = queries.told(slug)
    around = {
        "story": found.story,
        "pictures": found.pictures,
        "video": getattr(found.story, "video", None),
        "further": queries.further(found.story),
    }
    context = head(found) | around
    return page("story.html", found.house, found.language, described(found), **context)


@for_everybody
@cache_control(no_cache=True)
def captions(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of a story's video, as WebVTT."""
    video = getattr(queries.told(slug).story, "video", None)
    if video is None or not video.captions:
        raise Http404
    return HttpResponse(video.captions, content_type="text/vtt; charset=utf-8")


@for_everybody
def shelf(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """Stories, the newest first: everybody's, a person's or a concept's."""
    found = queries.shelf(kind, slug, before=queries.before(request.GET.get("before")))
    if request.path != found.path:  # a concept has another name now
        return redirect(found.path)
    return page(
        f"{kind}.html", found.house, found.language, described(found), **head(found)
    )


@for_everybody
def people(request: HttpRequest) -> HttpResponse:
    """Those who want a page, by name."""
    ours = house()
    found = Paginator(queries.people(), PEOPLE).get_page(request.GET.get("page"))
    path = reverse("public-people")
    with translation.override(ours.language):
        title = _("Our people")
    thing = of_people(ours, list(found), title, path)
    context = {"title": title, "page": found, "address": whole(path)}
    return page("people.html", ours, ours.language, thing, **context)
