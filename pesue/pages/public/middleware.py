"""Pages for everybody know nobody: so one copy can be kept for all who ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PLACES = (
    *("/s/", "/p/", "/c/", "/embed/", "/oembed", "/sitemap.xml", "/robots.txt"),
    *("/fediverse/", "/.well-known/", "/nodeinfo/"),
)


class Nobody:
    """What begins with one of PLACES loses its cookies before anything looks at them,
    and is answered without any. Nothing in the answer hangs on them, or on the
    languages of the browser, so nothing tells caches that it does: at most that it
    may be packed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PLACES):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        answer = self.get_response(request)
        answer.cookies.clear()
        packed = "Accept-Encoding" in answer.get("Vary", "")
        if answer.has_header("Vary"):
            del answer["Vary"]
        if packed:
            answer["Vary"] = "Accept-Encoding"
        return answer
