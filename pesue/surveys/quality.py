"""How well the items of a questionnaire measure what they are meant to.

Worked out from all answers at once, before they are destroyed; only the figures stay.
Limits: docs/surveys.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pesue.stats import factors, psychometrics
from pesue.stats.estimates import Floats, Refusal
from pesue.surveys.instruments import MOTIVES, Item, item_of

ENOUGH = 30  # complete answers, before such figures are kept
TOP = 8  # an answer of 1 to 7 to a reversed item is this less the answer
SEED = 1
DRAWS = 500


def quality_of(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """By factor, as JSON; `rows` are answers by the keys of items.

    {"factors": {name: {"n", "alpha": [estimate, low, high], "omega": [...], "items":
    {key: corrected item-total correlation}}}, "motives": {"n", "factors"}}. What too
    few answered, or all alike, is not there, nor an omega not to be trusted.
    """
    by_factor: dict[str, list[Item]] = {}
    for key in rows[0] if rows else ():
        item = item_of(key)
        if item and item.factor:
            by_factor.setdefault(item.factor, []).append(item)
    told = {name: _factor(rows, items) for name, items in by_factor.items()}
    found: dict[str, Any] = {
        "factors": {name: one for name, one in told.items() if one}
    }
    motives = _table(rows, MOTIVES)
    if len(motives) >= ENOUGH:
        try:
            number = factors.parallel(motives, seed=SEED, draws=DRAWS).factors
            found["motives"] = {"n": len(motives), "factors": number}
        except Refusal:
            pass
    return found


def _factor(rows: Sequence[Mapping[str, str]], items: list[Item]) -> dict[str, Any]:
    answers = _table(rows, items)
    if len(answers) < ENOUGH or len(items) < 2:
        return {}
    try:
        if len(items) == 2:
            two = psychometrics.spearman_brown(answers)
            return {"n": two.n, "alpha": _told(two), "items": {}}
        totals = psychometrics.item_total(answers)
        omega = psychometrics.omega(answers, seed=SEED, draws=DRAWS)
        return {
            "n": len(answers),
            "alpha": _told(psychometrics.alpha(answers)),
            # Of an item without an error of its own (Heywood) it is not to be trusted.
            **({} if omega.heywood else {"omega": _told(omega)}),
            "items": {
                item.key: round(float(r), 2)
                for item, r in zip(items, totals, strict=True)
                if np.isfinite(r)
            },
        }
    except Refusal:
        return {}


def _told(found: psychometrics.Reliability) -> list[float]:
    return [round(one, 2) for one in (found.estimate, found.low, found.high)]


def _table(rows: Sequence[Mapping[str, str]], items: Sequence[Item]) -> Floats:
    """Complete answers, people by items; the more, the more of the factor."""
    complete = [
        [float(row[item.key]) for item in items]
        for row in rows
        if all(row.get(item.key, "").isdecimal() for item in items)
    ]
    table = np.array(complete, dtype=np.float64).reshape(-1, len(items))
    turned = np.array([item.reverse for item in items])
    return np.where(turned, TOP - table, table)
