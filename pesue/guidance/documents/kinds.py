"""What kind of document some bytes are, and its text."""

from dataclasses import dataclass
from typing import Literal

from pesue.guidance.documents.plain import cleaned, decoded
from pesue.guidance.documents.refusals import Unreadable
from pesue.guidance.documents.wrapped import unwrapped

Kind = Literal["txt", "md", "html", "docx", "pdf"]
ZIPPED = {b"PK\3\4", b"PK\5\6"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_TEXT = 2_000_000  # characters; some 600 pages


@dataclass(frozen=True)
class Document:
    text: str
    pages: int  # of a PDF; 0 where there are none to count
    kind: Kind


def read(name: str, data: bytes) -> Document:
    """Raises Unreadable. Not bounded: `text_of` is for what strangers bring."""
    kind, pages = kind_of(name, data), 0
    if kind == "pdf":
        from pesue.guidance.documents.pdf import text_of_pdf

        text, pages = text_of_pdf(data)
    else:
        text = _text(kind, data)
    text = cleaned(text)
    if len(text) > MOST_TEXT:
        raise Unreadable("bomb")
    if not any(letter.isalpha() for letter in text):
        raise Unreadable("scanned" if kind == "pdf" else "empty")
    return Document(text, pages, kind)


def _text(kind: Kind, data: bytes) -> str:
    # Each reader is loaded when it is needed: nobody waits for those of other kinds.
    if kind == "docx":
        from pesue.guidance.documents.docx import text_of_docx

        return text_of_docx(data)
    if kind == "html":
        from pesue.guidance.documents.markup import text_of_html

        return text_of_html(_page(data))
    if kind == "md":
        from pesue.guidance.documents.markup import text_of_markdown

        return text_of_markdown(decoded(data))
    text = cleaned(decoded(data))
    return unwrapped(text) if len(text) <= MOST_TEXT else text


def kind_of(name: str, data: bytes) -> Kind:
    """Raises Unreadable for the kinds that are not read."""
    start = data[:1000].lstrip(b"\0\r\n\t \xef\xbb\xbf\xfe\xff")
    if not start and not data.strip(b"\0\r\n\t \xef\xbb\xbf\xfe\xff"):
        raise Unreadable("empty")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if data[:4] in ZIPPED:
        return "docx"
    if data.startswith(OLD_OFFICE):  # Office before 2007, or a lock around a new file
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("locked office" if locked else "old office")
    if start.startswith(b"{\\rtf"):
        raise Unreadable("rtf")
    if _is_saved_page(start):
        return "html"
    return _kind_of_text(name, start)


def _page(data: bytes) -> str:
    """A web page, or the first one of those saved in one file (.mht, or Confluence's
    .doc)."""
    if not _is_saved_page(data[:1000].lstrip()):
        return decoded(data)
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return decoded(page) if isinstance(page, bytes) else ""
    raise Unreadable("binary")


def _is_saved_page(start: bytes) -> bool:
    head = start.lower()
    return b"\nmime-version:" in b"\n" + head and b"multipart/related" in head


def _kind_of_text(name: str, start: bytes) -> Kind:
    ending = name.lower().rpartition(".")[2]
    opening = start.replace(b"\0", b"")[:200].lower()
    if ending in {"html", "htm", "xhtml", "aspx"}:
        return "html"
    if opening.startswith((b"<!doctype html", b"<html", b"<?xml")) and (
        b"html" in opening
    ):
        return "html"
    return "md" if ending in {"md", "markdown"} else "txt"
