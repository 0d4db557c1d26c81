"""What the links are measured against: each an application for granian."""

import os
from datetime import UTC, datetime
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.links_settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import path  # noqa: E402

from pesue.sharing.clicks.wsgi import WithLinks  # noqa: E402
from pesue.sharing.models import Link, Visit  # noqa: E402

HEADERS = [("location", "https://example.org/"), ("cache-control", "no-store")]


class Constant:
    """As fast as granian can answer at all."""

    async def __rsgi__(self, _scope: Any, protocol: Any) -> None:
        protocol.response_empty(302, HEADERS)


def plain_view(request: HttpRequest, slug: str) -> HttpResponse:
    """What one would write first: a SELECT, an INSERT, the answer."""
    link = Link.objects.get(slug=slug)
    now = datetime.now(UTC)
    Visit.objects.create(
        link=link,
        at=now,
        day=now.date(),
        source="none",
        device="computer",
        visitor=0,
        first=False,
    )
    return HttpResponseRedirect(link.target)


urlpatterns = [path("r/<slug:slug>", plain_view)]
constant = Constant()
plain = WSGIHandler()
front = WithLinks(plain)
