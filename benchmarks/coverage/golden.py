"""The same numbers for ever: every public estimator on one simulated data set.

    python -m benchmarks.coverage.golden        writes tests/stats/golden.json

Only where a change of the numbers is meant. The data are in the file, too, so that
another stream of random numbers in another numpy does not change them.
"""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.coverage import golden_rest as golden_rest
from benchmarks.coverage.golden_figures import FIGURES
from benchmarks.coverage.organisation import (
    Nature,
    Organisation,
    Trial,
    clicks,
    might_have_been,
)

PLACE = Path(__file__).parents[2] / "tests" / "stats" / "golden.json"
SEED, TEAMS = 1848, 20
SMALL = 1e-3  # a number below it may be 0 but for rounding
Data = dict[str, Any]


def simulated() -> Data:
    """Two trials of one organisation, a roll-out over its teams, and a survey."""
    rng = np.random.default_rng(SEED)
    people = Organisation.drawn(rng, Nature(teams=TEAMS))
    trial = Trial.of(rng, people, 0.3, people.people(rng))
    by_team = Trial.of(rng, people, 0.3, people.whole_teams(rng))
    took = np.where(
        rng.random(people.n) < 0.5, trial.treated, rng.random(people.n) < 0.1
    )
    upper = np.triu(people.ties(rng).toarray(), 1)
    first = rng.permutation(np.repeat([3, 4, 5, 6, 0], TEAMS // 5))
    since = np.where(first > 0, np.arange(1, 7)[:, None] - first + 1, 0).clip(0).T
    weeks = might_have_been(rng, people.rates(range(1, 7)), 0.1 * since[people.team])[1]
    wish = rng.normal(size=(people.n, 1)) + rng.normal(size=(people.n, 6))
    data = {
        "team": people.team,
        "motive": people.told,
        "before": trial.before,
        "shares": trial.outcome,
        "arm": trial.treated,
        "took": took,
        "clicks": clicks(rng, trial.outcome)[0],
        "team_arm": by_team.treated,
        "team_shares": by_team.outcome,
        "ties": np.argwhere(upper),
        "first": first,
        "weeks": weeks,
        "answers": np.clip(np.round(4 + wish), 1, 7),
    }
    return {name: np.asarray(value, int).tolist() for name, value in data.items()}


def figures(data: Data) -> dict[str, Any]:
    arrays = {name: np.array(values) for name, values in data.items()}
    return {name: plain(figure(arrays)) for name, figure in FIGURES.items()}


def plain(value: Any) -> Any:
    """Whatever an estimator gives, of dictionaries, lists, numbers and words.

    What is private in it, and what cannot be a number, is left out or told in words.
    """
    if is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in fields(value) if not one.name.startswith("_")]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


def differing(old: Any, new: Any, where: str = "") -> list[str]:
    """Where two of what `plain` gives differ by more than 1e-9 of the number."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return _each(((name, old[name], new[name]) for name in old), where)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return _each(zip(range(len(old)), old, new, strict=True), where)
    if isinstance(old, int | float) and isinstance(new, int | float):
        if abs(old - new) <= 1e-9 * max(abs(old), SMALL):
            return []
    elif old == new:
        return []
    return [f"{where}: {old} is now {new}"]


def _each(parts: Any, where: str) -> list[str]:
    return [
        line
        for name, old, new in parts
        for line in differing(old, new, f"{where}.{name}".strip("."))
    ]


def main() -> None:
    data = simulated()
    found: dict[str, dict[str, Any]] = {"data": data, "figures": figures(data)}
    # A line for each list of data and for each estimator.
    parts = [
        f"{json.dumps(part)}: {{\n"
        + ",\n".join(f"{json.dumps(n)}: {json.dumps(v)}" for n, v in values.items())
        + "\n}"
        for part, values in found.items()
    ]
    PLACE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    print(f"{len(found['figures'])} estimators in {PLACE.name}")


if __name__ == "__main__":
    main()
