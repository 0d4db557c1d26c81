"""Pictures made safe: decoded, bounded, bared of who took them and where.

No Django. What comes out is drawn anew from pixels, so nothing that was hidden in
the file (GPS, comments, a script after the end) comes along.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()

MOST_PIXELS = 50_000_000  # of a picture we open: about 150 MB unpacked
LARGEST = 2048  # pixels of the longer side of what we keep
WIDTHS = (480, 960)  # of thumbnails
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF", "TIFF", "BMP")
TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/bmp",
    "image/tiff",
    "application/octet-stream",
)


class BadPicture(Exception):
    """`reason`: "no picture", "huge picture" or "broken picture"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Drawn:
    name: str  # "<sha256>.webp" of the full picture
    width: int  # pixels
    height: int
    files: dict[str, bytes]  # by name: the picture and its thumbnails


def redrawn(source: bytes) -> Drawn:
    """The picture as WebP, at most 2048 px, with thumbnails. Raises BadPicture."""
    picture = _opened(source)
    full = _packed(picture)
    digest = hashlib.sha256(full).hexdigest()
    files = {f"{digest}.webp": full}
    for width in WIDTHS:
        if picture.width > width:
            height = max(1, round(picture.height * width / picture.width))
            small = picture.resize((width, height), Image.Resampling.LANCZOS)
            files[f"{digest}-{width}.webp"] = _packed(small)
    return Drawn(f"{digest}.webp", picture.width, picture.height, files)


def _opened(source: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Half-broken metadata makes Pillow warn; we drop it all anyway.
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(source), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise BadPicture("huge picture")
            picture.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
            clear = upright.has_transparency_data
            return upright.convert("RGBA" if clear else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture("huge picture") from error
    except Image.UnidentifiedImageError as error:
        raise BadPicture("no picture") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise BadPicture("broken picture") from error


def _packed(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"")
    return out.getvalue()
