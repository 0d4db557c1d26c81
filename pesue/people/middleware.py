"""The person's own language on every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from pesue.people.models import Member


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Member):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
