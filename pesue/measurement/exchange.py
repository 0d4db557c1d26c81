"""The file in which one installation tells another how its trials went. No Django.

An estimate and its error for each trial that was read, whatever it came to: nothing is
chosen, for whoever shows only what went well tells what is not so. No figure of
anybody, no name, no wording.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pesue.foundation.signed import Format
from pesue.surveys.exchange import SIZES

FORMAT = Format("pesue-trials", 1)
MOST = 500  # findings in a file
LONGEST = 40  # characters of a name
# The outcomes that are told, and the largest effect there can be. Visits to a page are
# not among them: how many there are depends on the house more than on the lever.
LARGEST_EFFECT = {"shares.people": 1.0, "shares.posts": 100.0}
KINDS = ("rollout", "arms")
UNITS = ("team", "member")


@dataclass(frozen=True)
class Finding:
    """What an arm of one trial changed, in the outcome's unit."""

    lever: str
    kind: str
    unit: str  # that was drawn
    outcome: str
    over: str  # the month in which it was over, "2026-03"
    estimate: float
    error: float  # as wide as the interval says


@dataclass(frozen=True)
class Told:
    """What is in a file."""

    made: str  # ISO 8601, with its zone
    size: str  # of SIZES
    country: str  # ISO 3166-1, two letters
    findings: tuple[Finding, ...]

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.made)


def signed(told: Told, key: Ed25519PrivateKey) -> str:
    """The text of the file."""
    return FORMAT.signed(asdict(told), key)


def opened(text: str) -> tuple[Told, str]:
    """What a file tells, and the public key it was signed with. Raises NotRead."""
    return FORMAT.told(text, _told)


def _told(body: Mapping[str, Any]) -> Told:
    """Raises KeyError, TypeError or ValueError where it is not as we write it."""
    findings = tuple(_finding(row) for row in body["findings"])
    told = Told(body["made"], body["size"], body["country"], findings)
    country = isinstance(told.country, str) and len(told.country) == 2
    right = country and told.country.isascii() and told.country.isalpha()
    right = right and told.size in SIZES and told.when.tzinfo is not None
    if not (right and 0 < len(findings) <= MOST):
        raise ValueError
    return told


def _finding(row: Mapping[str, Any]) -> Finding:
    found = Finding(**row)
    names = (found.lever, found.kind, found.unit, found.outcome, found.over)
    right = all(isinstance(name, str) and 0 < len(name) <= LONGEST for name in names)
    numbers = (found.estimate, found.error)
    right = right and all(
        isinstance(number, int | float) and not isinstance(number, bool)
        for number in numbers
    )
    right = right and found.kind in KINDS and found.unit in UNITS
    datetime.strptime(found.over, "%Y-%m")
    if not (right and all(map(isfinite, numbers)) and _can_be(found)):
        raise ValueError
    return found


def _can_be(found: Finding) -> bool:
    most = LARGEST_EFFECT[found.outcome]
    return abs(found.estimate) <= most and 0 < found.error <= 10 * most
