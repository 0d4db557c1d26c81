"""Pictures made safe: decoded, bounded, bared of who took them and where.

No Django. What comes out is drawn anew from pixels, so nothing that was hidden in
the file (GPS, comments, a script after the end) comes along.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

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
    name: str  # "<sha256>.jpg" of the full picture; ".webp" where one sees through
    width: int  # pixels
    height: int
    files: dict[str, bytes]  # by name: the picture and its thumbnails


def redrawn(source: bytes) -> Drawn:
    """The picture anew, at most 2048 px, with thumbnails. Raises BadPicture.

    JPEG, which every network and phone takes; WebP where one sees through it.
    """
    picture = _opened(source)
    kind = "webp" if picture.mode == "RGBA" else "jpg"
    full = _packed(picture)
    digest = hashlib.sha256(full).hexdigest()
    files = {f"{digest}.{kind}": full}
    for width in WIDTHS:
        if picture.width > width:
            height = max(1, round(picture.height * width / picture.width))
            small = picture.resize((width, height), Image.Resampling.LANCZOS)
            files[f"{digest}-{width}.{kind}"] = _packed(small)
    return Drawn(f"{digest}.{kind}", picture.width, picture.height, files)


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
            clear = upright.has_transparency_data
            plain = _in_srgb(upright, "RGBA" if clear else "RGB")
            plain.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
            plain.info = {}
            return plain
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture("huge picture") from error
    except UnidentifiedImageError as error:
        raise BadPicture("no picture") from error
    except BadPicture:
        raise
    except Exception as error:  # whatever strangers' bytes make of a decoder
        raise BadPicture("broken picture") from error


def _in_srgb(picture: Image.Image, mode: str) -> Image.Image:
    """The colours as they were meant, without the profile that says how."""
    profile = picture.info.get("icc_profile")
    flat = picture.convert(mode)
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return flat
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(flat, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return flat
    return turned or flat


def _packed(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"")
    else:
        picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
