"""PDFs, read by pypdf in a process of its own: a PDF can be made to need any time and
memory, and ours are bounded."""

import io
import json
import re
import subprocess
import sys
from collections import Counter

from pesue.guidance.documents.refusals import Unreadable

MOST_PAGES = 150
SECONDS = 25
MEMORY = 1_500_000_000  # bytes of address space
PAGE_NUMBER = re.compile(
    r"\W*(?:page|sivu|sida|s\.)?\s*\d{1,4}\s*(?:(?:/|of|av|\()\s*\d{1,4}\)?)?\W*",
    re.IGNORECASE,
)
EDGE = 2  # lines at the top and the bottom of a page that may be its frame


def text_of_pdf(data: bytes) -> tuple[str, int]:
    """The text and the number of pages. Raises Unreadable."""
    command = [sys.executable, "-I", "-m", "pesue.guidance.documents.pdf"]
    if not sys.flags.safe_path:  # as in tests and checkouts: find us where we are
        command = [sys.executable, "-m", "pesue.guidance.documents.pdf"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("slow") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # killed for its time or memory
        raise Unreadable("slow" if done.returncode < 0 else "broken pdf") from error
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer.get("about", {}))
    return joined(answer["pages"]), len(answer["pages"])


def joined(pages: list[str]) -> str:
    """The pages as one text: without their frames, words at line ends whole again."""
    parted = [[line.strip() for line in page.splitlines()] for page in pages]
    parted = [[line for line in lines if line] for lines in parted]
    frames = _frames(parted)
    kept = [
        line
        for lines in parted
        for at, line in enumerate(lines)
        if not (_is_edge(at, lines) and (_shape(line) in frames or _is_number(line)))
    ]
    text = "\n".join(kept)
    return re.sub(r"(\w)[-\u00ad\u2010]\n(?=[a-zåäöéü])", r"\1", text).replace(
        "\u00ad", ""
    )


def _is_edge(at: int, lines: list[str]) -> bool:
    return at < EDGE or at >= len(lines) - EDGE


def _is_number(line: str) -> bool:
    return PAGE_NUMBER.fullmatch(line) is not None


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _frames(pages: list[list[str]]) -> set[str]:
    """What stands at the edge of most pages: running heads and feet."""
    if len(pages) < 3:
        return set()
    seen = Counter(
        shape
        for lines in pages
        for shape in {_shape(line) for line in [*lines[:EDGE], *lines[-EDGE:]]}
    )
    return {shape for shape, times in seen.items() if times > len(pages) / 2}


def _answer(data: bytes) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "locked pdf"}
        number = len(reader.pages)
        if number > MOST_PAGES:
            about = {"pages": number, "most": MOST_PAGES}
            return {"refused": "long pdf", "about": about}
        return {"pages": [page.extract_text() or "" for page in reader.pages]}
    except DependencyError:  # a lock that needs another library
        return {"refused": "locked pdf"}
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError):
        return {"refused": "broken pdf"}
    except (ArithmeticError, RecursionError, AssertionError, OSError):
        return {"refused": "broken pdf"}


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    import logging

    logging.disable()
    _bound()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))
