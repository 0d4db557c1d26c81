import re
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pesue.content.access import file_is_public, was_taken_off
from pesue.content.keeping import place_of
from pesue.foundation.ranges import whole_or_part

NAME = re.compile(r"([0-9a-f]{64})(-480|-960)?\.(jpg|webp|mp4|webm)")
TYPES = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
FILMS = {"mp4", "webm"}
DAY = 24 * 3600  # seconds
YEAR = 365 * DAY


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or video by the hash of its content, which never changes.

    Members see all; others what belongs to a story on the web.
    """
    known = NAME.fullmatch(name)
    if not known:
        raise Http404
    digest, _width, kind = known.groups()
    if kind in FILMS and was_taken_off(name):
        return render(request, "410.html", status=HTTPStatus.GONE)
    public = file_is_public(f"{digest}.{kind}")
    if not (public or request.user.is_authenticated):
        return redirect_to_login(request.get_full_path())
    # Strangers' caches may keep it a day: its author can take it off the web.
    kept = f"public, max-age={DAY}" if public else f"private, max-age={YEAR}, immutable"
    return whole_or_part(
        place_of(settings.MEDIA_ROOT, name),
        request.headers.get("Range", ""),
        kind=TYPES[kind],
        kept=kept,
    )
