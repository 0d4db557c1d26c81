"""What other servers of the fediverse ask of us, and bring."""

import functools
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pesue.doors import access
from pesue.doors.actions import incoming
from pesue.doors.queries import documents
from pesue.doors.queries.documents import Document
from pesue.doors.signatures import Asked, Unsigned
from pesue.foundation.gone import Gone
from pesue.foundation.numbers import row_number
from pesue.foundation.site import whole
from pesue.people.access import house

KEPT = 60  # seconds for which anybody may keep an answer
TYPE = "application/activity+json; charset=utf-8"
RESOURCE = "application/jrd+json"
NODEINFO = "http://nodeinfo.diaspora.software/ns/schema/2.1"
MOST_BYTES = 500_000
PAGE = 20  # posts
# Who signed is asked of their server, which may be slow: so few at once that the pages
# of our own people go on.
ASKING = threading.BoundedSemaphore(2)

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """An answer that is the same for all, and that a page of any site may read."""

    @require_safe
    @functools.wraps(view)
    def answered(request: HttpRequest, **asked: Any) -> HttpResponse:
        try:
            answer = view(request, **asked)
        except Gone:
            answer = HttpResponse(status=HTTPStatus.GONE)
        answer["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(answer, public=True, max_age=KEPT)
        return answer

    return answered


@open_to_all
def webfinger(request: HttpRequest) -> HttpResponse:
    """RFC 7033: who "acct:name@host" is."""
    resource = request.GET.get("resource", "")
    if not resource:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    one = access.at(resource)
    told = documents.actor(one, house())
    links = [
        {"rel": "self", "type": "application/activity+json", "href": one.id_},
        {
            "rel": "http://webfinger.net/rel/profile-page",
            "type": "text/html",
            "href": told["url"],
        },
    ]
    aliases = [one.id_, told["url"]]
    subject = f"acct:{one.handle.removeprefix('@')}"
    return JsonResponse(
        {"subject": subject, "aliases": aliases, "links": links}, content_type=RESOURCE
    )


@open_to_all
def nodeinfo_at(request: HttpRequest) -> HttpResponse:
    at = whole(reverse("nodeinfo"))
    return JsonResponse({"links": [{"rel": NODEINFO, "href": at}]})


@open_to_all
def nodeinfo(request: HttpRequest) -> HttpResponse:
    """What runs here, by https://nodeinfo.diaspora.software. How many we are, no."""
    if access.the_house() is None:
        raise Http404
    about = {
        "version": "2.1",
        "software": {
            "name": "pesue",
            "version": settings.VERSION,
            "repository": settings.SOURCE_URL,
        },
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": False,
        "usage": {"users": {}},
        "metadata": {"nodeName": house().name},
    }
    return JsonResponse(about)


@open_to_all
def actor(request: HttpRequest, name: str) -> HttpResponse:
    return _told(documents.actor(access.actor(name), house()))


@open_to_all
def post(request: HttpRequest, name: str, number: int) -> HttpResponse:
    return _told(documents.shown(access.post(name, number)))


@open_to_all
def followers(request: HttpRequest, name: str) -> HttpResponse:
    """How many; who they are is told to nobody."""
    one = access.actor(name)
    at = documents.followers(one)
    return _told(documents.collection(at, access.follower_count(one)))


@open_to_all
def outbox(request: HttpRequest, name: str) -> HttpResponse:
    """All that it told, the newest first, page by page."""
    one = access.actor(name)
    at = f"{one.id_}/outbox"
    posts = access.told_by(one)
    if "page" not in request.GET:
        told = documents.collection(at, posts.count())
        return _told(told | {"first": f"{at}?page=1"})
    number = row_number(request.GET["page"])
    if not number:
        raise Http404
    found = list(posts[(number - 1) * PAGE : number * PAGE + 1])
    older = f"{at}?page={number + 1}" if len(found) > PAGE else ""
    page = f"{at}?page={number}"
    return _told(documents.outbox_page(one, page, found[:PAGE], older))


def _told(document: Document) -> HttpResponse:
    return HttpResponse(documents.text(document), content_type=TYPE)


@csrf_exempt  # a signature opens it, no cookie
@require_POST
def inbox(request: HttpRequest, name: str = "") -> HttpResponse:
    """What another server brings. It says why it is refused; what is of no concern to
    us is answered as if it were."""
    if access.the_house() is None:
        raise Http404
    if not consume(request, action="fediverse"):
        return _later(HTTPStatus.TOO_MANY_REQUESTS)
    length = row_number(request.META.get("CONTENT_LENGTH") or "")
    if length is None:
        return HttpResponse(status=HTTPStatus.LENGTH_REQUIRED)
    if length > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not ASKING.acquire(blocking=False):
        return _later(HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        incoming.take(_asked(request), now=now())
    except incoming.NotTaken as no:
        return _no(str(no), HTTPStatus.BAD_REQUEST)
    except Unsigned as no:
        return _no(str(no), HTTPStatus.UNAUTHORIZED)
    finally:
        ASKING.release()
    return HttpResponse(status=HTTPStatus.ACCEPTED)


def _asked(request: HttpRequest) -> Asked:
    headers = {name.lower(): value for name, value in request.headers.items()}
    path = request.get_full_path()
    return Asked(request.method or "", path, headers, request.body)


def _no(why: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


def _later(status: HTTPStatus) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Retry-After"] = "60"
    return answer
