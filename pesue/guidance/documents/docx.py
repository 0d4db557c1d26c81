"""Word files: paragraphs, lists, tables and notes, as they read when changes are
accepted. Office Open XML, ECMA-376 part 1."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from pesue.guidance.documents.refusals import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
MOST_FILES = 2000
MOST_UNPACKED = 60_000_000  # bytes of a part
CHUNK = 1_000_000
DEEP = 200  # elements inside one another
LEFT_OUT = {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr"}
# In a paragraph: boxes are read after it, and what older programs need not at all.
ELSEWHERE = {*LEFT_OUT, "txbxContent", f"{COMPATIBILITY}Fallback"}


def text_of_docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = box.namelist()
            if len(names) > MOST_FILES:
                raise Unreadable("bomb")
            if PARTS[0] not in names:
                raise Unreadable("not docx")
            roots = [fromstring(_part(box, name)) for name in PARTS if name in names]
    except DefusedXmlException as error:  # entities that grow, or reach outside
        raise Unreadable("bomb") from error
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError) as error:
        raise Unreadable("broken docx") from error
    except (RuntimeError, OSError, ValueError) as error:
        raise Unreadable("broken docx") from error
    return "\n".join(line for root in roots for line in _lines(root, 0) if line)


def _part(box: zipfile.ZipFile, name: str) -> bytes:
    """Unpacked by and by: what the file says of its size is not believed."""
    found = bytearray()
    with box.open(name) as packed:
        while piece := packed.read(CHUNK):
            found += piece
            if len(found) > MOST_UNPACKED:
                raise Unreadable("bomb")
    return bytes(found)


def _name(node: Any) -> str:
    tag: str = node.tag
    return tag.removeprefix(W).removeprefix(STRICT)


def _lines(node: Any, depth: int) -> Iterator[str]:
    if depth > DEEP:
        raise Unreadable("broken docx")
    for child in node:
        name = _name(child)
        if name == "p":
            yield _paragraph(child)
            yield from _boxes(child, depth)
        elif name == "tr":
            yield _row(child, depth)
        elif name not in LEFT_OUT:
            yield from _lines(child, depth + 1)


def _row(row: Any, depth: int) -> str:
    cells = [
        " ".join(line.removeprefix("- ") for line in _lines(cell, depth + 1) if line)
        for cell in row
        if _name(cell) in {"tc", "sdt"}
    ]
    return " | ".join(cell for cell in cells if cell)


def _paragraph(paragraph: Any) -> str:
    text = " ".join("".join(_words(paragraph, 0)).split())
    styles = [node for node in paragraph.iter() if _name(node) == "pStyle"]
    style = "".join(next(iter(node.attrib.values()), "") for node in styles).lower()
    if text and style.startswith(("heading", "title", "otsikko", "rubrik")):
        return f"# {text}"
    listed = any(_name(node) == "numPr" for node in paragraph.iter())
    return f"- {text}" if text and (listed or style.startswith("list")) else text


def _words(node: Any, depth: int) -> Iterator[str]:
    if depth > DEEP:
        raise Unreadable("broken docx")
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in {"tab", "br", "cr"}:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in ELSEWHERE:
            yield from _words(child, depth + 1)


def _boxes(paragraph: Any, depth: int) -> Iterator[str]:
    """Text boxes that hang on a paragraph."""
    for choice in paragraph.iter(f"{COMPATIBILITY}Choice"):
        for box in choice.iter(f"{W}txbxContent"):
            yield from _lines(box, depth + 1)
