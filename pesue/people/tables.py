"""Reading lists of people as people keep them: no Django, flat memory.

A list is a CSV file in any of the usual encodings and with any of the usual
separators, its columns named in Finnish, Swedish or English.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TextIO

LONGEST_LINE = 64 * 1024  # characters
SEPARATORS = ",;\t|"

NAMES: dict[str, str] = {
    name: column
    for column, names in {
        "email": "email, e-mail, e mail, mail, email address, e-mail address, work "
        "email, sähköposti, sähköpostiosoite, s-posti, e-post, epost, e-postadress, "
        "mejl, mejladress",
        "name": "name, full name, display name, nimi, koko nimi, namn, hela namnet",
        "first": "first name, firstname, given name, etunimi, förnamn",
        "last": "last name, lastname, surname, family name, sukunimi, efternamn",
        "title": "title, job title, position, titteli, nimike, tehtävänimike, "
        "tehtävä, titel, befattning, tjänstetitel",
        "team": "team, department, unit, group, tiimi, osasto, yksikkö, ryhmä, "
        "avdelning, enhet, grupp",
        "language": "language, lang, kieli, äidinkieli, asiointikieli, språk",
    }.items()
    for name in names.split(", ")
}
LANGUAGES: dict[str, str] = {
    word: code
    for code, words in {
        "fi": "fi, fin, fi-fi, finnish, suomi, suomeksi, finska",
        "sv": "sv, swe, se, sv-fi, sv-se, swedish, ruotsi, svenska",
        "en": "en, eng, en-gb, en-us, english, englanti, engelska",
    }.items()
    for word in words.split(", ")
}
HEADERS = {
    "fi": ["sähköposti", "nimi", "nimike", "tiimi", "kieli", "tila"],
    "sv": ["e-post", "namn", "titel", "team", "språk", "läge"],
    "en": ["email", "name", "title", "team", "language", "state"],
}


class Rows(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class NotAList(Exception):
    """The file cannot be read as a list of people. `reason` is a key of REFUSALS."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about


@dataclass(frozen=True)
class Row:
    """One person of the list; all texts trimmed, absent ones empty."""

    number: int  # 1 is the first person
    line: int  # in the file, as an editor shows it
    email: str
    name: str
    title: str
    team: str  # "Parent / Child"
    language: str  # as it was written


def encoding_of(path: Path) -> str:
    """The encoding of the whole file. Raises NotAList."""
    with path.open("rb") as file:
        head = file.read(65_536)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAList("workbook")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 4 < len(head):
            raise NotAList("nul")
        return _checked(path, "utf-16-be" if even > odd else "utf-16-le")
    with suppress(NotAList):
        return _checked(path, "utf-8-sig")
    return _checked(path, "cp1252")


def _checked(path: Path, encoding: str) -> str:
    """`encoding`, if all of the file is in it. Raises NotAList."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(1_000_000):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise NotAList("encoding") from error
    return encoding


def read(path: Path, encoding: str) -> Iterator[Row]:
    """The people in the file, in its order. Raises NotAList, maybe in the middle."""
    with path.open(encoding=encoding, newline="") as stream:
        columns, table, above = _opened(stream)
        number = 0
        for cells in _cells(table, above):
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            found = {
                column: _clean(cell)
                for column, cell in zip(columns, cells, strict=False)
            }
            name = found.get("name") or (
                f"{found.get('first', '')} {found.get('last', '')}".strip()
            )
            yield Row(
                number=number,
                line=above + table.line_num,
                email=found.get("email", "").lower(),
                name=name,
                title=found.get("title", ""),
                team=" / ".join(team_names(found.get("team", ""))),
                language=found.get("language", ""),
            )


def team_names(path: str) -> list[str]:
    """ "Parent / Child" and "Parent > Child" in parts, the highest first."""
    return [part.strip() for part in re.split(r"\s+/\s+|>", path) if part.strip()]


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _clean(cell: str) -> str:
    text = " ".join(cell.split())
    return text[1:] if text[:1] == "'" and safe(text[1:]) == text else text


def _opened(stream: TextIO) -> tuple[list[str], Rows, int]:
    """The columns by name, the rows after the header, and the number of lines above
    them. Raises NotAList."""
    lines = _lines(stream)
    first, told, above = next(lines, ""), "", 1
    match = re.fullmatch(r'"?sep=(.)"?\s*', first)  # what Excel writes for itself
    if match:
        told, first, above = match[1], next(lines, ""), 2
    if not first.strip():
        raise NotAList("empty")
    best: list[str] = []
    separator = told or ","
    for candidate in told or SEPARATORS:
        names = next(csv.reader([first], delimiter=candidate), [])
        columns = [NAMES.get(" ".join(n.split()).casefold(), "") for n in names]
        if sum(map(bool, columns)) > sum(map(bool, best)):
            best, separator = columns, candidate
    if "email" not in best:
        raise NotAList("header", " ".join(first.split())[:150])
    return best, csv.reader(lines, delimiter=separator), above


def _lines(stream: TextIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise NotAList("line", str(number))
        if "\0" in line:
            raise NotAList("nul", str(number))
        yield line


def _cells(table: Rows, above: int) -> Iterator[list[str]]:
    try:
        yield from table
    except csv.Error as error:  # a quotation mark that nothing closes
        raise NotAList("quote", str(above + table.line_num)) from error
