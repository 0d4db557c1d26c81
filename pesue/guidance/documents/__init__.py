"""The text of a document that somebody brings: plain, Markdown, web page, Word or PDF.

Pure. What is in a file is judged by its content, its name only helps. Whatever the
bytes are, the answer is a Document or Unreadable, within bounded time and memory.
"""

import codecs
from dataclasses import dataclass
from typing import Literal

from pesue.guidance.documents.refusals import Unreadable as Unreadable

Kind = Literal["txt", "md", "html", "docx", "pdf"]
MOST_BYTES = 30_000_000


@dataclass(frozen=True)
class Document:
    text: str
    pages: int  # of a PDF; 0 where there are none to count
    kind: Kind


def text_of(name: str, data: bytes) -> Document:
    """The words of a file, a paragraph, list item or row on a line of its own.

    Raises Unreadable, whose text says what to do.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    if not data.strip(b"\0\r\n\t "):
        raise Unreadable("empty")
    found = _read(name, data)
    if not any(letter.isalpha() for letter in found.text):
        raise Unreadable("scanned" if found.kind == "pdf" else "empty")
    return found


def _read(name: str, data: bytes) -> Document:
    # Each reader is loaded when it is needed: the pages' process seldom needs any.
    if data.lstrip()[:5] == b"%PDF-":
        from pesue.guidance.documents.pdf import text_of_pdf

        text, pages = text_of_pdf(data)
        return Document(text, pages, "pdf")
    if data[:4] in {b"PK\3\4", b"PK\5\6"}:
        from pesue.guidance.documents.docx import text_of_docx

        return Document(text_of_docx(data), 0, "docx")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  # Office before 2007, or locked
        raise Unreadable("old office")
    text = decoded(data)
    ending = name.lower().rpartition(".")[2]
    if ending in {"html", "htm", "xhtml"} or _is_html(text):
        from pesue.guidance.documents.markup import text_of_html

        return Document(text_of_html(text), 0, "html")
    if ending in {"md", "markdown"}:
        from pesue.guidance.documents.markup import text_of_markdown

        return Document(text_of_markdown(text), 0, "md")
    return Document(text, 0, "txt")


def _is_html(text: str) -> bool:
    return text.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or the code page of old Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    odd = sum(ord(c) < 32 and c not in "\t\n\r\f\v\x1c\x1d\x1e\x1f" for c in text)
    if odd > len(text) * 0.02:
        raise Unreadable("binary")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
