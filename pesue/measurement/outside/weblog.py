"""How often pages were asked for, from the log of a web server (Apache, nginx).

Pages got by GET that were there (200, or 304: still the same), asked for by people as
far as can be told. Nothing of who asked is kept.
"""

import gzip
import re
import zlib
from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import date, datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from pesue.measurement.outside.addresses import Addresses, Page
from pesue.measurement.outside.found import Asked, Found
from pesue.measurement.outside.sums import Sums
from pesue.measurement.outside.tables import NotReadable
from pesue.sharing.clicks.robots import LONGEST_AGENT, agent, kind_of

LONGEST_LINE = 64 * 1024  # bytes
LOOK_AT = 50  # lines, to see whether it is a log

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    r"([^\[\]]{1,400}) \[(\d\d/[A-Za-z]{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "
    + _QUOTED
    + r" (\d{3}) (?:\d+|-)(?: "
    + _QUOTED
    + " "
    + _QUOTED
    + ")?"
)
_REQUEST = re.compile(r"([A-Z]+) (/\S*) HTTP/[\d.]+")
_ESCAPED = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]*[A-Za-z][\w-]*(?::\d+)?")
_PLAIN_IP = re.compile(r"[0-9a-fA-F.:]+")
_PARTS = re.compile(  # of pages, that browsers ask for by themselves
    r"\.(?:css|m?js|map|json|xml|txt|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf"
    r"|otf|eot|mp[34]|webm|ogg|wav|m4[av]|webmanifest)$",
    re.IGNORECASE,
)


def looks_like(paths: Iterable[Path]) -> bool:
    """Whether the first lines of the first file are those of a log."""
    with closing(_lines(next(iter(paths)), None)) as lines:
        return any(_LINE.match(line) for line in islice(lines, LOOK_AT))


def read(paths: list[Path], sums: Sums, addresses: Addresses, asked: Asked) -> Found:
    """Adds up the page views of logs that belong together. Raises NotReadable.

    A log is cut at any hour. So its first and last day are left out, unless one says
    that they are whole; of several files put together only those at the ends.
    """
    return _Reader(sums, addresses, asked).read(paths)


class _Reader:
    def __init__(self, sums: Sums, addresses: Addresses, asked: Asked) -> None:
        self.sums, self.addresses, self.asked = sums, addresses, asked
        self.found = Found(kind="weblog", unit="views")
        self.day_of = _Clock(asked.zone)
        self.told = self.untold = 0  # lines with, and without, a browser's name

    def read(self, paths: list[Path]) -> Found:
        number = 0
        for path in paths:
            with closing(_lines(path, self.asked.most_bytes)) as lines:
                for line in lines:
                    number += 1
                    self._take(number, line)
        if self.untold > self.told:
            raise NotReadable("no browser")
        self._cut_edges()
        if not self.found.days:
            raise NotReadable("edges" if self.told else "empty")
        self.found.names, self.found.number = self.sums.size()
        return self.found

    def _take(self, number: int, line: str) -> None:
        match = _LINE.match(line)
        day = self.day_of(match[2]) if match else None
        if match is None or day is None or day > self.asked.today:
            if line.strip():
                self.found.note(number, "shape", line.strip())
            return
        front, _at, request, status, _referrer, browser = match.groups()
        if browser is None:
            self.untold += 1
        else:
            self.told += 1
        host = _host(front)
        site = host.partition(":")[0].removeprefix("www.") or self.addresses.site
        if not site:
            raise NotReadable("no site")
        self.found.days[site].add(day)
        page = self._page(request, status, host, site)
        if page is None:
            self.found.left["others"] += 1
        elif _is_machine(browser):
            self.found.left["robots"] += 1
        else:
            self.sums.add(day, page.key, 1, text=page.address)

    def _page(self, request: str, status: str, host: str, site: str) -> Page | None:
        asked = _REQUEST.fullmatch(request)
        if status not in ("200", "304") or asked is None or asked[1] != "GET":
            return None
        target = asked[2]
        if _PARTS.search(target.partition("?")[0]):
            return None
        if "\\x" in target:
            target = _ESCAPED.sub(_unescaped, target)
        try:
            return self.addresses.of(target, host and site)
        except ValueError:
            return None

    def _cut_edges(self) -> None:
        days = self.found.every_day
        if self.asked.whole_days or not days:
            return
        edges = {days[0], days[-1]}
        self.found.left["edges"] += self.sums.drop(edges)
        for site in list(self.found.days):
            self.found.days[site] -= edges
            if not self.found.days[site]:
                del self.found.days[site]


class _Clock:
    """The organisation's day of a time in a log; each minute is read once."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.known: dict[str, date | None] = {}

    def __call__(self, at: str) -> date | None:
        minute = at[:17] + at[20:]
        if minute not in self.known:
            if len(self.known) > 100_000:
                self.known.clear()
            try:
                then = datetime.strptime(minute, "%d/%b/%Y:%H:%M %z")
            except ValueError:
                self.known[minute] = None
            else:
                self.known[minute] = then.astimezone(self.zone).date()
        return self.known[minute]


def _host(front: str) -> str:
    """The site's name, where the log begins with it; else empty."""
    words = front.split()
    if len(words) < 4 or not _PLAIN_IP.fullmatch(words[1]) or words[1] == "-":
        return ""
    name = words[0].lower()
    if _PLAIN_IP.fullmatch(name) or not _HOST.fullmatch(name):
        return ""
    return name.removesuffix(":80").removesuffix(":443")


def _is_machine(browser: str | None) -> bool:
    said = "" if browser is None or browser == "-" else browser[:LONGEST_AGENT]
    return bool(kind_of("GET", {}, agent(said)))


def _unescaped(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "replace")


def is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _lines(path: Path, most_bytes: int | None) -> Generator[str, None, None]:
    """The lines of a log, packed or not; one that is too long comes cut."""
    size = 0
    packed = is_packed(path)
    with cast(BinaryIO, gzip.open(path) if packed else path.open("rb")) as stream:
        try:
            while line := stream.readline(LONGEST_LINE):
                size += len(line)
                if packed and most_bytes is not None and size > most_bytes:
                    raise NotReadable("large")
                yield line.decode("utf-8", "replace")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise NotReadable("broken") from error
