"""The organisation's own posts on its channels: how often seen, and followed."""

from collections.abc import Mapping
from pathlib import Path

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

MOST_CHANNELS = 50
NAMES = names_of(
    {
        "channel": "channel, network, platform, kanava, verkosto, alusta, kanal, "
        "nätverk, plattform",
        "day": "day, date, päivä, päivämäärä, pvm, dag, datum, created date, publish "
        "time, published, post date, julkaistu, julkaisuaika, publicerad",
        "reach": "reach, total reach, post reach, people reached, tavoittavuus, "
        "kattavuus, tavoitetut, räckvidd",
        "impressions": "impressions, impressions (total), total impressions, views, "
        "näyttökerrat, näytöt, katselut, visningar, exponeringar",
        "clicks": "clicks, clicks (total), link clicks, total clicks, klikkaukset, "
        "linkin klikkaukset, klick, länkklick",
        "post": "post, post id, post link, post url, permalink, julkaisu, julkaisun "
        "linkki, inlägg, inläggets länk",
    }
)
NUMBERS = ("reach", "impressions", "clicks")


def enough(columns: frozenset[str]) -> bool:
    return "day" in columns and bool(columns & set(NUMBERS))


def read(path: Path, sums: Sums, known: Mapping[str, str], asked: Asked) -> Found:
    """Adds up the posts of each channel by day. Raises NotReadable.

    `known` gives the key of a network for its name in small letters.
    """
    found = Found(kind="channels", unit="posts")
    with opened(path, NAMES, enough) as table:
        if "channel" not in table.columns and not asked.channel:
            raise NotReadable("no channel")
        order = order_in(path, NAMES, enough)
        found.take_in(
            table.rows,
            table.heads,
            lambda row: _take(row, found, sums, order, known, asked),
        )
    found.names, found.number = len(found.days), sums.size()[1]
    if not (found.days or found.bad):
        raise NotReadable("empty")
    return found


def _take(
    row: Row,
    found: Found,
    sums: Sums,
    order: str,
    known: Mapping[str, str],
    asked: Asked,
) -> None:
    day = day_of(row.get("day"), order, asked)
    channel = channel_of(row.get("channel") or asked.channel, known)
    if not channel or (channel not in found.days and len(found.days) >= MOST_CHANNELS):
        raise NotThis("channel", row.get("channel"))
    numbers: list[int | None] = []
    for column in NUMBERS:
        text = row.get(column)
        number = None if text in ("", "-", "–") else cells.number(text)
        if number is None and text not in ("", "-", "–"):
            raise NotThis("number", text)
        numbers.append(number)
    if not any(number is not None for number in numbers):
        raise NotThis("nothing")
    if row.get("post"):
        before = sums.line_of(f"{channel} {row.get('post')}", row.line)
        if before != row.line:
            raise NotThis("twice", str(before))
    sums.add(day, channel, 1, *numbers)
    found.days[channel].add(day)


def channel_of(text: str, known: Mapping[str, str]) -> str:
    """The key of a network we know, else the name as it is written; "" if too long."""
    name = " ".join(text.split())
    key = known.get(name.casefold(), name)
    return key if len(key) <= 40 and "@" not in key else ""
