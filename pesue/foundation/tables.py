"""CSV files as people and programs write them: any usual letters, any usual separator.
No Django, flat memory."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TextIO

LONGEST_LINE = 64 * 1024  # characters
SEPARATORS = ",;\t|"


class NotReadable(Exception):
    """The file cannot be read as what it should be. `reason` is a key of REFUSALS."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about[:200]


class Rows(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def encoding_of(path: Path) -> str:
    """The encoding of the whole file. Raises NotReadable."""
    with path.open("rb") as file:
        head = file.read(65_536)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable("workbook")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 4 < len(head):
            raise NotReadable("nul")
        return _checked(path, "utf-16-be" if even > odd else "utf-16-le")
    with suppress(NotReadable):
        return _checked(path, "utf-8-sig")
    return _checked(path, "cp1252")


def _checked(path: Path, encoding: str) -> str:
    """`encoding`, if all of the file is in it. Raises NotReadable."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(1_000_000):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise NotReadable("encoding") from error
    return encoding


def lines_of(stream: TextIO) -> Iterator[str]:
    """Its lines. Raises NotReadable for one that is none."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise NotReadable("line", str(number))
        if "\0" in line:
            raise NotReadable("nul", str(number))
        yield line


def cells_of(table: Rows, above: int) -> Iterator[list[str]]:
    """Its rows, of a file with so many lines above them. Raises NotReadable."""
    try:
        yield from table
    except csv.Error as error:  # a quotation mark that nothing closes
        raise NotReadable("quote", str(above + table.line_num)) from error


def separator_told(line: str) -> str:
    """What the line that Excel writes for itself says; empty for any other."""
    found = re.fullmatch(r'"?sep=(.)"?\s*', line)
    return found[1] if found else ""


def plain(head: str) -> str:
    """A heading as we compare it."""
    return " ".join(head.replace("\ufeff", "").split()).casefold()
