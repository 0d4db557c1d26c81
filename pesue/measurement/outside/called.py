"""What another system says in a call: the counts of `afterwards`, as JSON."""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from pesue.measurement.outside import afterwards
from pesue.measurement.outside.cells import DAY_FIRST
from pesue.measurement.outside.found import Asked
from pesue.measurement.outside.tables import Bad, NotThis
from pesue.measurement.outside.visits import day_of

FIELDS = ("id", "kind", "number", "day", "idempotency_key")
MOST = 100  # outcomes in a call
MOST_BYTES = 256 * 1024
LARGEST = 1_000_000  # number of one outcome
LONGEST = 100  # characters of a key
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NotTaken(Exception):
    """The whole call is refused. `reason` is a key of words.CALLS."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about[:80]


@dataclass(frozen=True)
class Outcome:
    place: int  # in the call, from 1
    key: str
    kind: str
    slug: str
    day: date
    number: int


@dataclass
class Said:
    outcomes: list[Outcome] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)  # `line` is the place in the call


def read(body: bytes, template: str, asked: Asked) -> Said:
    """Raises NotTaken where the call is not as we ask, or tells of somebody."""
    said = Said()
    for place, row in enumerate(_rows(body), 1):
        told = _looked_at(place, row)
        try:
            said.outcomes.append(_outcome(place, told, template, asked))
        except NotThis as no:
            said.bad.append(Bad(place, no.why, no.about))
    return said


def _rows(body: bytes) -> list[object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTaken("json") from error
    if not (isinstance(told, dict) and isinstance(told.get("outcomes"), list)):
        raise NotTaken("shape")
    for name in told:
        if name != "outcomes":
            raise NotTaken("field", name)
    if not 0 < len(told["outcomes"]) <= MOST:
        raise NotTaken("many", str(len(told["outcomes"])))
    return cast(list[object], told["outcomes"])


def _looked_at(place: int, row: object) -> dict[str, Any]:
    """The row. Raises NotTaken for what we do not ask for, and for what is missing."""
    if not isinstance(row, dict):
        raise NotTaken("shape")
    for name, value in row.items():
        if name not in FIELDS:
            raise NotTaken("field", name)
        if isinstance(value, str) and afterwards.names_somebody(value):
            raise NotTaken("personal", str(place))
    for name in FIELDS:
        if name not in row:
            raise NotTaken("missing", f"{place}: {name}")
    return row


def _outcome(place: int, row: dict[str, Any], template: str, asked: Asked) -> Outcome:
    """Raises NotThis where it cannot be counted; the others may be."""
    texts = {name: _text(row[name]) for name in FIELDS}
    kind = afterwards.kind_of(texts["kind"])
    if not _DAY.fullmatch(texts["day"]):
        raise NotThis("day", texts["day"])
    day = day_of(texts["day"], DAY_FIRST, asked)
    number = row["number"]
    if type(number) is not int or not 0 <= number <= LARGEST:  # True is no number
        raise NotThis("number", texts["number"])
    slug = afterwards.slug_in(texts["id"], template)
    if not (slug and isinstance(row["id"], str)):
        raise NotThis("id", texts["id"])
    key = texts["idempotency_key"]
    if not (isinstance(row["idempotency_key"], str) and 0 < len(key) <= LONGEST):
        raise NotThis("key")
    return Outcome(place, key, kind, slug, day, number)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value)
