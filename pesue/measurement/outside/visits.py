"""How often pages were visited, from tables: our own form, Matomo's and Plausible's."""

from collections import Counter
from datetime import date
from pathlib import Path

from pesue.measurement.outside import cells
from pesue.measurement.outside.addresses import Addresses, Page
from pesue.measurement.outside.found import Asked, Found
from pesue.measurement.outside.sums import Sums
from pesue.measurement.outside.tables import (
    NotReadable,
    NotThis,
    Row,
    Table,
    names_of,
    opened,
    order_in,
)

NAMES = names_of(
    {
        "address": "address, url, page, page url, page address, page path, page path "
        "and screen class, page location, landing page, osoite, sivu, sivun osoite, "
        "url-osoite, verkko-osoite, adress, sida, sidans adress, webbadress, "
        "webbplatsadress, metadata_url, metadata: url, metatieto: url",
        "label": "label, nimike, etikett",
        "host": "hostname, host, isäntänimi, värdnamn",
        "day": "day, date, päivä, päivämäärä, pvm, dag, datum",
        "visits": "visits, sessions, nb_visits, unique pageviews, unique page views, "
        "käynnit, käyntejä, vierailut, istunnot, yksilölliset sivunäytöt, besök, "
        "sessioner, unika sidvisningar",
        "views": "pageviews, page views, views, nb_hits, katselut, sivun katselut, "
        "sivunäytöt, sivulataukset, sidvisningar, visningar",
        "visitors": "visitors, unique visitors, kävijät, besökare",
    }
)
UNITS = ("visits", "views", "visitors")  # the first that is there is counted
# Rows of a day that an export was cut at, as programs offer it.
CUT_AT = {50, 100, 250, 500, 1000, 5000, 10_000, 25_000, 50_000}


class Grouped(Exception):
    """A row for several pages together: a folder, or all the others."""


def enough(columns: frozenset[str]) -> bool:
    numbers = columns & set(UNITS)
    if "label" in columns:
        return bool(numbers)
    return "address" in columns and bool(numbers)


def read(path: Path, sums: Sums, addresses: Addresses, asked: Asked) -> Found:
    """Adds up the table's visits. Raises NotReadable."""
    with opened(path, NAMES, enough) as table:
        found = Found(kind=_kind(table.columns))
        found.unit = next(unit for unit in UNITS if unit in table.columns)
        if "day" not in table.columns and asked.day is None:
            raise NotReadable("no day")
        order = order_in(path, NAMES, enough)
        rows_of = _taken(table, found, order, sums, addresses, asked)
    if found.kind == "table" and not asked.all_pages:
        found.partly |= set(rows_of)
    if found.kind == "matomo":
        found.partly |= {day for day, rows in rows_of.items() if rows in CUT_AT}
    found.names, found.number = sums.size()
    if not found.days:
        _nothing(found)
    return found


def _taken(
    table: Table,
    found: Found,
    order: str,
    sums: Sums,
    addresses: Addresses,
    asked: Asked,
) -> Counter[date]:
    """How many rows were added up, by day."""
    rows_of: Counter[date] = Counter()

    def take(row: Row) -> None:
        try:
            rows_of[_take(row, found, order, sums, addresses, asked)] += 1
        except Grouped:
            found.left["groups"] += 1

    found.take_in(table.rows, table.heads, take, _is_total)
    return rows_of


def _nothing(found: Found) -> None:
    """Raises NotReadable; where all lines failed alike, with what would help."""
    if any(bad.why == "address" and bad.about.startswith("/") for bad in found.bad):
        raise NotReadable("no site")
    if not found.bad:
        raise NotReadable("empty")


def _kind(columns: frozenset[str]) -> str:
    if "label" in columns:
        return "matomo"
    return "plausible" if "host" in columns else "table"


def _is_total(row: Row) -> bool:
    named = (row.get(column) for column in ("address", "label", "day"))
    first = row.all[0] if row.all else ""
    return any(map(cells.is_total, [*named, first]))


def _take(
    row: Row,
    found: Found,
    order: str,
    sums: Sums,
    addresses: Addresses,
    asked: Asked,
) -> date:
    """The day to which the row's visits were added. Raises NotThis or Grouped."""
    day = day_of(row.get("day"), order, asked)
    number = cells.number(row.get(found.unit))
    if number is None:
        raise NotThis("number", row.get(found.unit))
    page = _page(row, found, day, addresses)
    said = f"{row.get('host')} {row.get('address')} {row.get('label')} {day}"
    before = sums.line_of(said, row.line)
    if before != row.line:
        raise NotThis("twice", str(before))
    sums.add(day, page.key, number, text=page.address)
    found.days[page.site].add(day)
    return day


def day_of(text: str, order: str, asked: Asked) -> date:
    """The day in the cell, or that of the whole file. Raises NotThis."""
    day = cells.day(text, order) if text or asked.day is None else asked.day
    if day is None:
        raise NotThis("day", text)
    if day > asked.today:
        raise NotThis("future", text or str(day))
    return day


def _page(row: Row, found: Found, day: date, addresses: Addresses) -> Page:
    """Raises NotThis, or Grouped: then the day does not tell of every page."""
    text = row.get("address")
    if found.kind == "matomo" and not text:
        label = row.get("label")
        if not label.startswith("/"):
            found.partly.add(day)
            raise Grouped
        text = label
    try:
        page = addresses.of(text, row.get("host"))
    except ValueError as error:
        raise NotThis("personal") from error
    if page is None:
        raise NotThis("address", text)
    return page
