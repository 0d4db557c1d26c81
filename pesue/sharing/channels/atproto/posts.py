"""A post as an app.bsky.feed.post record. No network.

Source: https://docs.bsky.app/docs/advanced-guides/posts
"""

import io
import re
from datetime import UTC, datetime
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from pesue.sharing.channels import base, counting

POST = "app.bsky.feed.post"
BLOB_MOST = 1_000_000  # bytes of one picture
_TAG = re.compile(r"(?:^|(?<=\s))#(?!\d+(?:\s|$))([^\s#]*[^\s#.,;:!?()\[\]\"'])")
_TAG_MOST = 64  # graphemes


def record(
    text: str, language: str, embed: dict[str, Any] | None, now: datetime
) -> dict[str, Any]:
    made = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    found: dict[str, Any] = {"$type": POST, "text": text, "createdAt": made}
    if facets := facets_of(text):
        found["facets"] = facets
    if language:
        found["langs"] = [language]
    if embed:
        found["embed"] = embed
    return found


def facets_of(text: str) -> list[dict[str, Any]]:
    """Where links and tags stand, in bytes of UTF-8."""
    found = []
    for start, end in counting.urls(text):
        link = {"$type": "app.bsky.richtext.facet#link", "uri": text[start:end]}
        found.append(_facet(text, start, end, link))
    for match in _TAG.finditer(text):
        if counting.graphemes(match[1]) <= _TAG_MOST:
            tag = {"$type": "app.bsky.richtext.facet#tag", "tag": match[1]}
            found.append(_facet(text, match.start(), match.end(), tag))
    return found


def _facet(text: str, start: int, end: int, what: dict[str, str]) -> dict[str, Any]:
    index = {
        "byteStart": counting.utf8(text[:start]),
        "byteEnd": counting.utf8(text[:end]),
    }
    return {"index": index, "features": [what]}


def images(pictures: list[tuple[base.Picture, Any]]) -> dict[str, Any]:
    """The embed of pictures with their blobs."""
    return {
        "$type": "app.bsky.embed.images",
        "images": [
            {
                "alt": picture.alt,
                "image": blob,
                "aspectRatio": {"width": picture.width, "height": picture.height},
            }
            for picture, blob in pictures
        ],
    }


def external(card: base.Card, thumb: Any) -> dict[str, Any]:
    """The embed of a link's card; `thumb` is a blob, or None."""
    found = {"uri": card.url, "title": card.title, "description": card.description}
    if thumb:
        found["thumb"] = thumb
    return {"$type": "app.bsky.embed.external", "external": found}


def small(picture: base.Picture, most: int = BLOB_MOST) -> base.Picture:
    """The picture in at most `most` bytes: itself, or a smaller JPEG.

    Raises Refused if it is no picture.
    """
    if len(picture.data) <= most and picture.mime in ("image/jpeg", "image/png"):
        return picture
    try:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(picture.data)))
        image = image.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        raise base.Refused(base.NO_PICTURE) from None
    for side, quality in ((2000, 88), (2000, 75), (1600, 70), (1000, 60), (500, 40)):
        image.thumbnail((side, side))
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=quality, optimize=True)
        if packed.tell() <= most:
            break
    return base.Picture(
        packed.getvalue(), "image/jpeg", picture.alt, image.width, image.height
    )
