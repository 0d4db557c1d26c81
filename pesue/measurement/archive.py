"""What was compared in a trial, as a file that anybody may work out anew. No Django.

Teams are in it without a name, one line each; people only as how many did how much, so
that no line is of fewer than k people.

    from pesue.measurement.archive import again

    again(Path("units.csv").read_text(), design)  # what the page says of these lines
"""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pesue.measurement.reading import Plan, Reading, Unit, read, waves
from pesue.measurement.reading.looking import at_look
from pesue.measurement.reading.waves import Row

K = 5
CAP = 5.0  # of an outcome in the file: who did very much would be known by it
CELLS = {
    "rollout": ("read", "waves", "page"),
    "arms": ("read", "arms", "lot", "page"),
}
AGAIN = Path(__file__).parent / "again"  # what the notebook does, cell by cell
DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the same zip from the same numbers


@dataclass(frozen=True)
class Kept:
    text: str  # CSV
    left_out: int  # teams of fewer than k people; people in such a group


def of_units(units: Sequence[Unit], by: str) -> Kept:
    if by == "member":
        return _of_people(units)
    kept = in_file(units, by)
    rows = [
        (number, unit.arm, unit.stratum, unit.people, unit.before, unit.after)
        for number, unit in enumerate(kept, 1)
    ]
    head = ("unit", "arm", "stratum", "people", "before", "after")
    return Kept(_csv(head, rows), len(units) - len(kept))


def in_file(units: Sequence[Unit], by: str) -> list[Unit]:
    """Those of which the file has a line: not the teams of fewer than k people."""
    return [unit for unit in units if unit.people >= K or by != "team"]


def _of_people(units: Sequence[Unit]) -> Kept:
    """How many of an arm did how much before and after: as finely as k allows."""
    for cap in (CAP, 3.0, 2.0, 1.0):
        for before_too in (True, False):
            cells = Counter(
                (
                    unit.arm,
                    min(unit.before, cap) if before_too else 0.0,
                    min(unit.after, cap),
                )
                for unit in units
            )
            if min(cells.values(), default=0) >= K:
                rows = [(*cell, people) for cell, people in sorted(cells.items())]
                return Kept(_csv(("arm", "before", "after", "people"), rows), 0)
    return Kept("", len(units))


def of_rows(rows: Sequence[Row], by: str) -> Kept:
    if by == "member":
        return _of_waves(rows)
    kept = [row for row in rows if row.people >= K]
    width = max((len(row.outcomes) for row in kept), default=0)
    head = ("unit", "people", "stratum", "starts", *_periods(width))
    lines = [
        (number, row.people, row.stratum, row.starts, *row.outcomes)
        for number, row in enumerate(kept, 1)
    ]
    return Kept(_csv(head, lines), len(rows) - len(kept))


def _of_waves(rows: Sequence[Row]) -> Kept:
    """People, as the mean of those who got it at the same time."""
    waves: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        waves[row.starts].append(row)
    lines = [
        (len(mine), starts, *(sum(at) / len(mine) for at in zip(*all_of, strict=True)))
        for starts, mine in sorted(waves.items())
        if len(mine) >= K
        for all_of in [[row.outcomes for row in mine]]
    ]
    if not lines:
        return Kept("", len(rows))
    head = ("people", "starts", *_periods(len(lines[0]) - 2))
    return Kept(_csv(head, lines), len(rows) - sum(line[0] for line in lines))


def _periods(width: int) -> list[str]:
    return [f"period_{n}" for n in range(width)]


def again(text: str, design: Mapping[str, Any]) -> Reading | None:
    """The lines of a file, read as the page was; None where they are of many people.

    Where all that was compared is in the file, this is what the page says.
    """
    lines = list(csv.DictReader(io.StringIO(text)))
    early = design["stopped"] and not design["looks"]
    if design["kind"] == "rollout":
        if not all("unit" in line for line in lines):
            return None
        rows = [_row(line) for line in lines]
        found = waves.read(rows, before=design["before"], over=True, early=early)
    else:
        shares = tuple((key, share) for key, share in design["shares"])
        plan = Plan(design["control"], shares, design["unit"], design["planned"])
        units = [unit for line in lines for unit in _units(line)]
        found = read(units, plan, over=True, early=early)
    return at_look(found, design["times"], len(design["times"]))


def _row(line: Mapping[str, str]) -> Row:
    outcomes = [float(line[name]) for name in line if name.startswith("period_")]
    return Row(
        int(line["unit"]),
        int(line["starts"]),
        tuple(outcomes),
        int(line["people"]),
        line["stratum"],
    )


def _units(line: Mapping[str, str]) -> list[Unit]:
    """The unit of a line; of people, as many as it counts."""
    is_one = "unit" in line
    unit = Unit(
        int(line["unit"]) if is_one else 0,
        line["arm"],
        float(line["after"]),
        float(line["before"]),
        int(line["people"]) if is_one else 1,
        line.get("stratum", ""),
    )
    return [unit] * (1 if is_one else int(line["people"]))


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def packed(units: str, design: dict[str, object], found: dict[str, object]) -> bytes:
    """A zip of the file, the design, what we found, and a notebook to do it anew."""
    files = {
        "units.csv": units,
        "design.json": json.dumps(design, indent=1, sort_keys=True),
        "found.json": json.dumps(found, indent=1, sort_keys=True),
        "again.ipynb": json.dumps(notebook(str(design["kind"])), indent=1),
    }
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed_in:
        for name, text in files.items():
            packed_in.writestr(ZipInfo(name, DAY_ONE), text)
    return out.getvalue()


def notebook(kind: str) -> dict[str, object]:
    """A Jupyter notebook (nbformat 4) that works the file out anew."""
    names = CELLS.get(kind, CELLS["arms"])
    cells = [(AGAIN / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    return {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"cell-{number}",
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }
            for number, cell in enumerate(cells)
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
