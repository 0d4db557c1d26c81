"""How rewards are taxed, read from a file per country and year. Imports no Django.

A file says for each kind of reward what it may count as, why, and by which source. It
is a help for whoever fills the catalogue, and no advice: what it does not know is
"ask your payroll". Only a file can make a reward untaxed; code never does. A house may
have files of its own, which come before ours.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
WAGE, STAFF_GIFT, UNTAXED, ASK = "wage", "staff_gift", "untaxed", "ask"
CLASSES = (WAGE, STAFF_GIFT, UNTAXED, ASK)
ALWAYS = (ASK, WAGE)  # nobody is wronged where payroll looks, or tax is paid
KINDS = ("time", "learning", "team", "charity", "goods", "money")
NAME = re.compile(r"(?P<country>[a-z]{2})-(?P<year>\d{4})\.toml")


@dataclass(frozen=True)
class Treatment:
    """What a kind of reward may count as in one country, and who says so."""

    kind: str
    tax_class: str
    why: dict[str, str]  # by language
    source: str  # an address
    title: str  # who says so, and in what
    written: date | None  # the day of the source's own edition, where it has one
    checked: date  # the day somebody read it

    def reason(self, language: str) -> str:
        known = self.why.get(language) or self.why.get("en")
        return known or next(iter(self.why.values()))


@dataclass(frozen=True)
class Rules:
    """The rules of a country as of a year; those of an unknown one know nothing."""

    country: str  # ISO 3166, "" where we have no file
    year: int  # of the file; 0 without one
    treatments: tuple[Treatment, ...] = ()
    gift_limit: int = 0  # cents a person and year, for gifts to the whole staff
    from_house: bool = False  # out of a file of the house's own
    asked: int = field(default=0, compare=False)  # the year they were asked for
    unread: tuple[str, ...] = field(default=(), compare=False)  # files left out

    @property
    def lags(self) -> bool:
        """Whether they are of an earlier year than the one asked for."""
        return self.year < self.asked

    @property
    def file(self) -> str:
        """The name of a file for the year asked for."""
        return f"{self.country.lower()}-{self.asked}.toml"

    @property
    def knows(self) -> bool:
        """Whether they say anything but "ask your payroll"."""
        return any(one.tax_class != ASK for one in self.treatments)

    @property
    def sources(self) -> list[Treatment]:
        """One treatment of each source, in the file's order."""
        return list({one.source: one for one in reversed(self.treatments)}.values())[
            ::-1
        ]

    def of(self, kind: str) -> list[Treatment]:
        """What the file says of a kind, the usual first."""
        return [one for one in self.treatments if one.kind == kind]

    def usual(self, kind: str) -> str:
        """The class to begin with."""
        return next((one.tax_class for one in self.of(kind)), ASK)

    def allows(self, kind: str, tax_class: str) -> bool:
        """Whether a reward of this kind may count as that."""
        return tax_class in ALWAYS or any(
            one.tax_class == tax_class for one in self.of(kind)
        )

    def passes_limit(self, had: int, more: int) -> bool:
        """Whether `more` cents would take somebody who had `had` over the limit of a
        year. Where we know of none, every gift does."""
        return had + more > self.gift_limit


UNKNOWN = Rules(country="", year=0)


class Unreadable(ValueError):
    """A file cannot be used. str() says which, and why."""


def rules(country: str, year: int, house: Path | None = None) -> Rules:
    """Those of the year, or of the last one before it that has a file.

    A file in the folder `house` comes before ours of its year. One that cannot be read
    is left out, and named.
    """
    unread: list[str] = []
    for path in _candidates(country, year, house):
        try:
            found = read(path)
        except Unreadable:
            unread.append(path.name)
            continue
        ours = path.parent == HERE
        return replace(found, from_house=not ours, asked=year, unread=tuple(unread))
    return replace(UNKNOWN, asked=year, unread=tuple(unread))


def files(folder: Path = HERE) -> list[tuple[str, int]]:
    """The countries and years there is a file for."""
    return [(country, year) for country, year, _path in _named(folder)]


def read(path: Path) -> Rules:
    """What a file says. Raises Unreadable."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _named(folder: Path) -> Iterator[tuple[str, int, Path]]:
    for path in sorted(folder.glob("*.toml")):
        if one := NAME.fullmatch(path.name):
            yield one["country"].upper(), int(one["year"]), path


def _candidates(country: str, year: int, house: Path | None) -> list[Path]:
    """The files that could hold, the one that does first."""
    both = [*_named(HERE), *(_named(house) if house else ())]  # theirs last, so first
    able = [(of, path) for place, of, path in both if place == country and of <= year]
    ranked = sorted(enumerate(able), key=lambda one: (one[1][0], one[0]), reverse=True)
    return [path for _place, (_year, path) in ranked]


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Rules:
    """`changed` is when, so that a file that was changed is read anew."""
    if not NAME.fullmatch(path.name):
        raise ValueError("a file is called as fi-2027.toml is")
    country, year = path.stem.upper().split("-")
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    treatments = tuple(_treatment(entry) for entry in told["treatment"])
    gifts = any(one.tax_class == STAFF_GIFT for one in treatments)
    limit = told.get("staff_gift_limit", 0)
    if gifts != bool(limit):
        raise ValueError("a gift to the staff goes with its limit")
    if not isinstance(limit, int) or limit < 0:
        raise ValueError("the limit is in whole cents")
    return Rules(country, int(year), treatments, limit)


def _treatment(entry: dict[str, object]) -> Treatment:
    why, checked, written = entry["why"], entry["checked"], entry.get("written")
    if entry["class"] not in CLASSES or entry["kind"] not in KINDS:
        raise ValueError(f"no such kind or class: {entry['kind']}, {entry['class']}")
    if not (isinstance(why, dict) and why and isinstance(checked, date)):
        raise ValueError(f"{entry['kind']}: say why, and when it was checked")
    if not str(entry["source"]).startswith("https://"):
        raise ValueError(f"{entry['kind']}: say who says so, with https://")
    return Treatment(
        kind=str(entry["kind"]),
        tax_class=str(entry["class"]),
        why={str(language): str(text) for language, text in why.items()},
        source=str(entry["source"]),
        title=str(entry.get("title") or entry["source"]),
        written=date.fromisoformat(str(written)) if written else None,
        checked=checked,
    )


def total(amounts: Iterable[int]) -> int:
    """What somebody has had in a year, in cents; what was taken back is less."""
    return max(0, sum(amounts))
