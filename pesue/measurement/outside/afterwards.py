"""What happened after a visit: counts by kind and day, with the id of our link."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from pesue.measurement.outside import cells
from pesue.measurement.outside.found import Asked, Found
from pesue.measurement.outside.sums import Sums
from pesue.measurement.outside.tables import (
    NotReadable,
    NotThis,
    Row,
    names_of,
    opened,
    order_in,
)
from pesue.measurement.outside.visits import day_of
from pesue.people.tables import NAMES as OF_PEOPLE

KINDS = {
    word: kind
    for kind, words in {
        "application": "application, applications, job application, hakemus, "
        "hakemukset, työhakemus, ansökan, ansökningar, jobbansökan",
        "lead": "lead, leads, contact, enquiry, liidi, liidit, yhteydenotto, "
        "yhteydenotot, kontakt, kontakter, förfrågan",
        "ticket": "ticket, tickets, registration, lippu, liput, ilmoittautuminen, "
        "ilmoittautumiset, biljett, biljetter, anmälan, anmälningar",
        "purchase": "purchase, purchases, order, orders, sale, osto, ostot, ostos, "
        "tilaus, tilaukset, kauppa, köp, beställning, beställningar",
    }.items()
    for word in words.split(", ")
}
NAMES = names_of(
    {
        "kind": "kind, type, event, conversion, laji, tyyppi, tapahtuma, slag, typ, "
        "händelse",
        "day": "day, date, päivä, päivämäärä, pvm, dag, datum",
        "id": "id, link, link id, utm, utm id, utm_id, utm_content, utm content, "
        "linkki, linkin tunniste, tunniste, länk, länk-id, landing page, url",
        "number": "number, count, amount, how many, määrä, lukumäärä, kpl, antal",
    }
)
_PEOPLE = {name for name, of in OF_PEOPLE.items() if of not in ("team", "language")}
_PEOPLE -= set(NAMES)
_PEOPLE |= {
    "ip", "ip address", "ip-osoite", "ip-adress", "ip_address", "phone", "phone number",
    "telephone", "mobile", "puhelin", "puhelinnumero", "matkapuhelin", "telefon",
    "telefonnummer", "mobil", "customer", "customer name", "asiakas", "asiakkaan nimi",
    "kund", "kundnamn", "contact name", "yhteyshenkilö", "kontaktperson", "user",
    "user id", "käyttäjä", "användare", "first_name", "last_name", "full_name",
    "email_address", "address", "osoite", "katuosoite", "adress", "gatuadress",
    "birthday", "date of birth", "syntymäaika", "henkilötunnus", "hetu", "personnummer",
    "social security number", "födelsedatum",
}  # fmt: skip
_EMAIL = re.compile(r"[^\s@,;<>]+@[\w-]+(?:\.[\w-]+)+")
_IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
    r"(?![\d.])|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,6}:[0-9a-fA-F:]*(?![\w:])"
)
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,16}")

Made = Callable[[str], date | None]  # the day on which our link of that id was made


def enough(columns: frozenset[str]) -> bool:
    return {"kind", "day", "id"} <= columns


def read(path: Path, sums: Sums, made: Made, template: str, asked: Asked) -> Found:
    """Adds up what happened by kind, day and link. Raises NotReadable.

    Without a column for the number each line is one. `template` is that of the tags
    of our links, to find the id in a whole address.
    """
    found = Found(kind="afterwards", unit="number")
    with opened(path, NAMES, enough) as table:
        for head in table.heads:
            if " ".join(head.split()).casefold() in _PEOPLE:
                raise NotReadable("personal column", head)
        how = template, order_in(path, NAMES, enough), "number" in table.columns
        found.take_in(
            map(_of_nobody, table.rows),
            table.heads,
            lambda row: _take(row, found, sums, made, how, asked),
        )
    found.ours, found.number = sums.size()
    if not (found.days or found.bad or found.left["unknown links"]):
        raise NotReadable("empty")
    return found


def _of_nobody(row: Row) -> Row:
    """The row, in which nobody is named. Raises NotReadable where somebody is."""
    if any(map(names_somebody, row.all)):
        raise NotReadable("personal", str(row.line))
    return row


def names_somebody(text: str) -> bool:
    """Whether an e-mail or network address is in it."""
    return bool(("@" in text and _EMAIL.search(text)) or _IP.search(text))


def kind_of(text: str) -> str:
    """Our name of the kind. Raises NotThis."""
    kind = KINDS.get(" ".join(text.split()).casefold())
    if kind is None:
        raise NotThis("kind", text)
    return kind


def _take(
    row: Row,
    found: Found,
    sums: Sums,
    made: Made,
    how: tuple[str, str, bool],
    asked: Asked,
) -> None:
    template, order, counted = how
    kind = kind_of(row.get("kind"))
    day = day_of(row.get("day"), order, asked)
    number = cells.number(row.get("number")) if counted else 1
    if number is None:
        raise NotThis("number", row.get("number"))
    slug = slug_in(row.get("id"), template)
    if not slug:
        raise NotThis("id", row.get("id"))
    if counted:
        before = sums.line_of(f"{kind} {day} {slug}", row.line)
        if before != row.line:
            raise NotThis("twice", str(before))
    since = made(slug)
    if since is None:
        found.left["unknown links"] += 1
    elif day < since:
        found.left["early"] += 1
    else:
        sums.add(day, f"{kind} {slug}", number)
        found.days[kind].add(day)


def slug_in(cell: str, template: str) -> str:
    """The id of our link: the cell itself, or in the tags of an address; else ""."""
    if _SLUG.fullmatch(cell):
        return cell
    query = urlsplit(cell).query if "://" in cell else cell.lstrip("?")
    said = dict(parse_qsl(query))
    for pair in template.split("&"):
        name, _, value = pair.partition("=")
        if "{link}" not in value:
            continue
        before, _, after = value.partition("{link}")
        text = said.get(name.strip(), "")
        if text.startswith(before) and text.endswith(after):
            slug = text[len(before) : len(text) - len(after) or None]
            if _SLUG.fullmatch(slug):
                return slug
    return ""
