"""What every request passes: the way to the first run, the person's language."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from pesue.people.access import is_founded
from pesue.people.models import Member


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Member):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Before the first run, every way to sign in leads to it."""
        match = request.resolver_match
        if request.user.is_authenticated or match is None or match.url_name is None:
            return None
        signing_in = match.url_name.startswith(("account_", "mfa_", "sign-in"))
        return redirect("welcome") if signing_in and not is_founded() else None
