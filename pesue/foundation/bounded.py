"""What is far too large is refused unread; what breaks off leaves nothing behind."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

FILES = 4  # of the largest size, that one form may bring


def bounded(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: nobody sends gigabytes only to hear that it was in vain."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        told = str(request.META.get("CONTENT_LENGTH") or "0")
        size = int(told) if told.isdecimal() else 0
        if size <= FILES * settings.MOST_UPLOAD_BYTES + 5_000_000:
            try:
                return get_response(request)
            finally:
                _let_go(request)
        most = {"most": settings.MOST_UPLOAD_BYTES // 1_000_000}
        answer = render(request, "413.html", most, status=413)
        answer["Connection"] = "close"  # what is on its way is not waited for
        return answer

    return guarded


def _let_go(request: HttpRequest) -> None:
    """Files that were still arriving when the connection broke; Django would leave
    them until memory is tidied up."""
    for handler in getattr(request, "_upload_handlers", ()):
        file = getattr(handler, "file", None)
        if file is not None:
            file.close()
