import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from pesue.content.access import file_is_public
from pesue.content.keeping import place_of

NAME = re.compile(r"([0-9a-f]{64})(-480|-960)?\.(jpg|webp|mp4|webm)")
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
TYPES = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
DAY = 24 * 3600  # seconds
YEAR = 365 * DAY
PIECE = 256 * 1024  # bytes


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or video by the hash of its content, which never changes.

    Members see all; others what belongs to a story on the web.
    """
    known = NAME.fullmatch(name)
    if not known:
        raise Http404
    digest, _width, kind = known.groups()
    public = file_is_public(f"{digest}.{kind}")
    if not (public or request.user.is_authenticated):
        return redirect_to_login(request.get_full_path())
    path = place_of(settings.MEDIA_ROOT, name)
    if not path.is_file():
        raise Http404
    answer = _whole_or_part(path, request.headers.get("Range", ""))
    answer["Content-Type"] = TYPES[kind]
    # Strangers' caches may keep it a day: its author can take it off the web.
    kept = f"public, max-age={DAY}" if public else f"private, max-age={YEAR}, immutable"
    answer["Cache-Control"] = kept
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whole_or_part(path: Path, asked: str) -> HttpResponseBase:
    """The file, or the one range a player asks for (RFC 9110, 14.2)."""
    part = RANGE.fullmatch(asked)
    if not part:
        return FileResponse(path.open("rb"))
    size = path.stat().st_size
    first, last = int(part[1]), min(int(part[2] or size), size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_pieces(path, first, last), status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    return answer


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
