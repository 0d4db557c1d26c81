"""The file in which one installation tells another its figures. No Django."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pesue.foundation.signed import LARGEST as LARGEST
from pesue.foundation.signed import Format
from pesue.surveys.figures import Figure, plausible
from pesue.surveys.instruments import INSTRUMENTS

FORMAT = Format("pesue-benchmark", 1)
SIZES = ("1-49", "50-249", "250-999", "1000-4999", "5000-")


@dataclass(frozen=True)
class Told:
    """What is in a file. `noise` says what was added, {} for none."""

    questionnaire: str
    closed: str  # the month in which the survey closed, "2026-03"
    made: str  # ISO 8601, with its zone
    size: str  # of SIZES
    country: str  # ISO 3166-1, two letters
    noise: Mapping[str, Any]
    figures: tuple[Figure, ...]

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
    figures = tuple(_figure(row) for row in body["figures"])
    keys = {figure.key for figure in figures}
    told = Told(
        questionnaire=body["questionnaire"],
        closed=body["closed"],
        made=body["made"],
        size=body["size"],
        country=body["country"],
        noise=dict(body["noise"]),
        figures=figures,
    )
    country = isinstance(told.country, str) and len(told.country) == 2
    items = {item.key for item in INSTRUMENTS[told.questionnaire]}
    right = country and told.country.isascii() and told.size in SIZES
    right = right and len(keys) == len(figures) > 0 and told.when.tzinfo is not None
    if not (right and {item for item, _option in keys} <= items):
        raise ValueError
    return told


def _figure(row: Mapping[str, Any]) -> Figure:
    value, se, n = row["value"], row["se"], row["n"]
    figure = Figure(
        str(row["item"]),
        str(row["option"]),
        str(row["unit"]),
        float(value),
        float(se),
        n,
    )
    whole = isinstance(n, int) and not isinstance(n, bool)
    if not (whole and isfinite(figure.value) and plausible(figure)):
        raise ValueError
    return figure
