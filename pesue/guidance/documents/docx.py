"""Word files: the packed parts that hold text. Office Open XML, ECMA-376 parts 1, 2."""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from pesue.guidance.documents.paragraphs import Looks, lines_of
from pesue.guidance.documents.refusals import Unreadable

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
MAIN = "word/document.xml"
TEXTS = ("officeDocument", "footnotes", "endnotes")
MOST_FILES = 2000
MOST_UNPACKED = 60_000_000  # bytes of a part
CHUNK = 1_000_000


def text_of_docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            parts = _parts(box)
            looks = Looks(_root(box, parts["styles"]) if "styles" in parts else ())
            roots = [_root(box, parts[kind]) for kind in TEXTS if kind in parts]
        lines = [line for root in roots for line in lines_of(root, looks)]
    except DefusedXmlException as error:  # entities that grow, or reach outside
        raise Unreadable("bomb") from error
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError) as error:
        raise Unreadable("broken docx") from error
    except (RuntimeError, OSError, ValueError, LookupError) as error:
        raise Unreadable("broken docx") from error
    return "\n\n".join(lines)


def _parts(box: zipfile.ZipFile) -> dict[str, str]:
    """The names of the parts by their kinds: "officeDocument", "footnotes" ..."""
    names = box.namelist()
    if len(names) > MOST_FILES:
        raise Unreadable("bomb")
    if "mimetype" in names and OPEN_DOCUMENT in _part(box, "mimetype"):
        raise Unreadable("odt")
    main = _related(box, "").get("officeDocument", MAIN)
    if main not in names or not main.startswith("word/"):
        raise Unreadable("not docx")
    folder = posixpath.dirname(main)
    usual = {
        kind: f"{folder}/{kind}.xml" for kind in ("styles", "footnotes", "endnotes")
    }
    found = {**usual, **_related(box, main), "officeDocument": main}
    return {kind: name for kind, name in found.items() if name in names}


def _related(box: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Where a part, or the package itself, says that its parts are."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in box.namelist():
        return {}
    return {
        one.get("Type", "").rpartition("/")[2]: posixpath.join(
            "/" + folder, one.get("Target", "")
        ).lstrip("/")
        for one in _root(box, relations)
        if one.get("TargetMode") != "External"
    }


def _root(box: zipfile.ZipFile, name: str) -> Any:
    return fromstring(_part(box, name))


def _part(box: zipfile.ZipFile, name: str) -> bytes:
    """Unpacked by and by: what the file says of its size is not believed."""
    found = bytearray()
    with box.open(name) as packed:
        while piece := packed.read(CHUNK):
            found += piece
            if len(found) > MOST_UNPACKED:
                raise Unreadable("bomb")
    return bytes(found)
