"""What a person sees when a page breaks."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def broken(request: HttpRequest) -> HttpResponse:
    """Said instead of a page that raised: 503 when the database does not answer or
    lets nobody write, so that one tries again; else 500. Asks the database nothing.
    """
    if isinstance(sys.exc_info()[1], OperationalError):
        said = render_to_string("503.html")
        return HttpResponse(said, status=503, headers={"Retry-After": "5"})
    return HttpResponse(render_to_string("500.html"), status=500)
