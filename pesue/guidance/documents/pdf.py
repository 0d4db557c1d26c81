"""PDFs, read by pypdf: what is drawn where, page by page."""

import io
import math
import re
from collections import defaultdict
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from pesue.guidance.documents.layout import Piece
from pesue.guidance.documents.pages import text_of_pages
from pesue.guidance.documents.refusals import Unreadable

MOST_PAGES = 150
EVEN = re.compile("cour|mono|monl|consol|typewriter|cmtt", re.IGNORECASE)
ASKEW = 0.1  # of a slope: what is drawn across a page is a stamp on it

BROKEN = (
    *(PyPdfError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RecursionError, AssertionError, OSError),
)


def text_of_pdf(data: bytes) -> tuple[str, int]:
    """The text and the number of pages. Raises Unreadable."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked pdf")
        number = len(reader.pages)
        if number > MOST_PAGES:
            raise Unreadable("long pdf", pages=number, most=MOST_PAGES)
        pages = [_pieces(page) for page in reader.pages]
    except DependencyError as error:  # a lock that needs another library
        raise Unreadable("locked pdf") from error
    except BROKEN as error:
        raise Unreadable("broken pdf") from error
    return text_of_pages(pages), number


def _pieces(page: PageObject) -> list[Piece]:
    """As they are drawn, those of the page's main direction first."""
    found: dict[tuple[int, int], list[Piece]] = defaultdict(list)

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if not text.strip():
            return
        across, up, x, y = _placed(cm, tm)
        slope = math.hypot(*across) or 1.0
        a, b = across[0] / slope, across[1] / slope
        if min(abs(a), abs(b)) < ASKEW:
            way = (round(a), round(b))
            height = abs(size) * math.hypot(*up)
            even = EVEN.search(str((font or {}).get("/BaseFont", ""))) is not None
            piece = Piece(x * a + y * b, y * a - x * b, height, text, even)
            found[way].append(piece)

    page.extract_text(visitor_text=visit)
    ways = sorted(found.values(), key=lambda some: -sum(len(one.text) for one in some))
    return [piece for way in ways for piece in way]


def _placed(
    cm: list[float], tm: list[float]
) -> tuple[tuple[float, float], tuple[float, float], float, float]:
    """Where letters run, where they stand up to, and where they begin, on the page."""
    a, b, c, d, e, f = cm
    across = (tm[0] * a + tm[1] * c, tm[0] * b + tm[1] * d)
    up = (tm[2] * a + tm[3] * c, tm[2] * b + tm[3] * d)
    return across, up, tm[4] * a + tm[5] * c + e, tm[4] * b + tm[5] * d + f
