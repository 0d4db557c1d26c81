"""A link as a QR code: for a poster, a slide, a badge."""

from io import BytesIO

import segno

_QUIET = 4  # modules of margin, as ISO/IEC 18004 asks


def svg(url: str) -> bytes:
    """A stand-alone SVG without style or script, black on white."""
    out = BytesIO()
    _code(url).save(
        out, kind="svg", border=_QUIET, light="white", scale=8, svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return out.getvalue()


def png(url: str) -> bytes:
    """A PNG sharp enough to print about eight centimetres wide."""
    out = BytesIO()
    _code(url).save(out, kind="png", border=_QUIET, scale=24)
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m")
