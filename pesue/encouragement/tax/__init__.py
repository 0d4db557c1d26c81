"""How rewards are taxed, read from a file per country and year. Imports no Django.

A file says for each kind of reward what it may count as, why, and by which source. It
is a help for whoever fills the catalogue, and no advice: what it does not know is
"ask your payroll". Only a file can make a reward untaxed; code never does.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
WAGE, STAFF_GIFT, UNTAXED, ASK = "wage", "staff_gift", "untaxed", "ask"
CLASSES = (WAGE, STAFF_GIFT, UNTAXED, ASK)
ALWAYS = (ASK, WAGE)  # nobody is wronged where payroll looks, or tax is paid
NAME = re.compile(r"(?P<country>[a-z]{2})-(?P<year>\d{4})\.toml")


@dataclass(frozen=True)
class Treatment:
    """What a kind of reward may count as in one country, and who says so."""

    kind: str
    tax_class: str
    why: dict[str, str]  # by language
    source: str  # an address
    written: str  # the day of the source's own edition, "" where it has none
    checked: date  # the day somebody of ours read it

    def reason(self, language: str) -> str:
        return self.why.get(language) or self.why["en"]


@dataclass(frozen=True)
class Rules:
    """The rules of a country as of a year; those of an unknown one know nothing."""

    country: str  # ISO 3166, "" where we have no file
    year: int  # of the file; 0 without one
    treatments: tuple[Treatment, ...] = ()
    gift_limit: int = 0  # cents a person and year, for gifts to the whole staff
    gift: Treatment | None = field(default=None)

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
        year; where there is none, nobody's is."""
        return bool(self.gift_limit) and had + more > self.gift_limit


UNKNOWN = Rules(country="", year=0)


def rules(country: str, year: int) -> Rules:
    """Those of the year, or of the last one before it that has a file."""
    years = [known for place, known in files() if place == country and known <= year]
    return _read(country, max(years)) if years else UNKNOWN


@cache
def files() -> tuple[tuple[str, int], ...]:
    """The countries and years there is a file for."""
    found = [NAME.fullmatch(path.name) for path in sorted(HERE.glob("*.toml"))]
    return tuple((one["country"].upper(), int(one["year"])) for one in found if one)


@cache
def _read(country: str, year: int) -> Rules:
    path = HERE / f"{country.lower()}-{year}.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    treatments = tuple(_treatment(entry) for entry in told["treatment"])
    gifts = [one for one in treatments if one.tax_class == STAFF_GIFT]
    limit = told.get("staff_gift_limit", 0)
    if bool(gifts) != bool(limit):
        raise ValueError(f"{path.name}: a gift to the staff goes with its limit")
    return Rules(country, year, treatments, limit, gifts[0] if gifts else None)


def _treatment(entry: dict[str, object]) -> Treatment:
    why, checked = entry["why"], entry["checked"]
    if entry["class"] not in CLASSES:
        raise ValueError(f"no such class: {entry['class']}")
    if not (isinstance(why, dict) and isinstance(checked, date)):
        raise ValueError(f"{entry['kind']}: say why, and when it was checked")
    return Treatment(
        kind=str(entry["kind"]),
        tax_class=str(entry["class"]),
        why={str(language): str(text) for language, text in why.items()},
        source=str(entry["source"]),
        written=str(entry.get("written", "")),
        checked=checked,
    )


def total(amounts: Iterable[int]) -> int:
    """What somebody has had in a year, in cents; what was taken back is less."""
    return max(0, sum(amounts))
