"""Reading lists of people as people keep them: no Django, flat memory.

A list is a CSV file in any of the usual encodings and with any of the usual
separators, its columns named in Finnish, Swedish or English.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pesue.foundation.tables import (
    SEPARATORS,
    Rows,
    cells_of,
    lines_of,
    plain,
    separator_told,
)
from pesue.foundation.tables import NotReadable as NotAList
from pesue.foundation.tables import encoding_of as encoding_of

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


def read(path: Path, encoding: str) -> Iterator[Row]:
    """The people in the file, in its order. Raises NotAList, maybe in the middle."""
    with path.open(encoding=encoding, newline="") as stream:
        columns, table, above = _opened(stream)
        number = 0
        for cells in cells_of(table, above):
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
    lines = lines_of(stream)
    first, above = next(lines, ""), 1
    told = separator_told(first)
    if told:
        first, above = next(lines, ""), 2
    if not first.strip():
        raise NotAList("empty")
    best: list[str] = []
    separator = told or ","
    for candidate in told or SEPARATORS:
        names = next(csv.reader([first], delimiter=candidate), [])
        columns = [NAMES.get(plain(n), "") for n in names]
        if sum(map(bool, columns)) > sum(map(bool, best)):
            best, separator = columns, candidate
    if "email" not in best:
        raise NotAList("header", " ".join(first.split())[:150])
    return best, csv.reader(lines, delimiter=separator), above
