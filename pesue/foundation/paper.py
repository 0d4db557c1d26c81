"""The letters of our PDFs. No Django."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TypeVar

from fpdf import FPDF
from fpdf.fonts import TTFFont

FACES = {"": "Regular", "B": "Semibold", "I": "It"}
Page = TypeVar("Page", bound=FPDF)


@contextmanager
def lettered(page: Page) -> Iterator[Page]:
    """The document with the face "serif"; the files of its letters are closed after."""
    for style, face in FACES.items():
        path = files("font_source_serif_pro") / f"files/SourceSerifPro-{face}.ttf"
        page.add_font("serif", style, str(path))
    try:
        yield page
    finally:
        for font in page.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
