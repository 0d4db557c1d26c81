"""A file, or the part of it that a player asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
PIECE = 256 * 1024  # bytes


def whole_or_part(path: Path, asked: str, *, kind: str, kept: str) -> HttpResponseBase:
    """The file, or the one range a player asks for (RFC 9110, 14.2).

    `kind` is its type, and `kept` says who may keep a copy. Raises Http404.
    """
    if not path.is_file():
        raise Http404
    answer = _whole_or_part(path, asked)
    answer["Content-Type"] = kind
    answer["Cache-Control"] = kept
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whole_or_part(path: Path, asked: str) -> HttpResponseBase:
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
