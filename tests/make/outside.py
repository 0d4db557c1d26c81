"""Files of numbers, as the programs that make them write them."""

from datetime import UTC, date
from pathlib import Path
from typing import Any

from pesue.measurement.actions.senders import let_in
from pesue.measurement.models import Sender
from pesue.measurement.outside.addresses import Addresses
from pesue.measurement.outside.found import Asked, Found
from pesue.measurement.outside.sums import Kept, Sums
from pesue.people.models import Member
from tests.make import NOON

TODAY = date(2026, 4, 30)
PERSON = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/133.0.0.0 Safari/537.36"
)
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def asked(**said: Any) -> Asked:
    return Asked(**{"today": TODAY, "zone": UTC, **said})


def addresses(*known: str, site: str = "www.example.org") -> Addresses:
    return Addresses(known, site)


def written(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


class Read:
    """What a reader found, and the sums it left: {(name or address, day): numbers}."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sums"
        self.found = Found()

    def by(self, reader: Any, *what: Any) -> "Read":
        self.path.unlink(missing_ok=True)
        with Sums(self.path) as sums:
            first, *others = what
            self.found = reader(first, sums, *others)
        return self

    @property
    def pages(self) -> dict[tuple[str, str], int | None]:
        texts = dict(Kept(self.path).texts())
        return {
            (texts[name], day.isoformat()): numbers[0]
            for day, name, numbers in Kept(self.path).all()
        }

    @property
    def numbers(self) -> dict[tuple[str, str], tuple[int | None, ...]]:
        return {
            (name, day.isoformat()): numbers
            for day, name, numbers in Kept(self.path).all()
        }

    @property
    def bad(self) -> list[tuple[int, str]]:
        return [(bad.line, bad.why) for bad in self.found.bad]


def a_line(
    target: str = "/news/water",
    *,
    at: str = "03/Mar/2026:12:00:00 +0200",
    status: int = 200,
    browser: str | None = PERSON,
    method: str = "GET",
    front: str = "203.0.113.7 - -",
) -> str:
    """A line of a server's log in the combined format; without `browser` in common."""
    end = "" if browser is None else f' "https://t.co/x" "{browser}"'
    return f'{front} [{at}] "{method} {target} HTTP/1.1" {status} 5120{end}'


def a_log(*lines: str, edges: bool = True) -> str:
    """Lines of a log; with lines of the day before and after around them."""
    before = a_line("/", at="01/Jan/2026:23:00:00 +0200")
    after = a_line("/", at="30/Apr/2026:01:00:00 +0200")
    every = [before, *lines, after] if edges else list(lines)
    return "".join(f"{line}\n" for line in every)


def a_sender(by: Member, name: str = "Job page") -> tuple[Sender, str]:
    """A system that may send numbers, and its token."""
    return let_in(name, by=by, now=NOON)
