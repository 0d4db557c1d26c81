"""How a roll-out went whose order was drawn: everybody got it, some later."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pesue.measurement.reading import FEWEST_TEAMS, Arm, Compared, Reading
from pesue.stats import sequences
from pesue.stats.estimates import Refusal, TooFew, Why
from pesue.stats.rollouts.lot import randomisation_test
from pesue.stats.rollouts.panel import Panel
from pesue.stats.rollouts.roth_santanna import roth_santanna

DRAWS = 999


@dataclass(frozen=True)
class Row:
    """A unit, the period in which it got it, and its outcome in each period.

    Periods are as long as a wave, the same for all; the first `before` of them came
    before the first wave.
    """

    code: int
    starts: int
    outcomes: tuple[float, ...]
    people: int = 1
    stratum: str = ""  # within which starts were dealt


def read(
    rows: Sequence[Row], *, before: int, over: bool, early: bool = False
) -> Reading:
    """The average effect of having it, over those that have it already.

    Roth and Sant'Anna's estimator for random order. Periods in which all have it tell
    nothing and are left out by the method. While it runs, and where it was ended early,
    as `reading.read`.
    """
    now = len(rows[0].outcomes) - 1 if rows else 0
    have = [row for row in rows if row.starts <= now]
    arms = (
        Arm("later", len(rows) - len(have), _people(rows) - _people(have), None),
        Arm("on", len(have), _people(have), None),
    )
    live = not over or (early and len(rows) >= sequences.PEOPLE)
    return Reading(arms, (_compared(rows, now, over=not live),), always=live)


def _people(rows: Sequence[Row]) -> int:
    return sum(row.people for row in rows)


def _compared(rows: Sequence[Row], now: int, *, over: bool) -> Compared:
    try:
        if len(rows) < FEWEST_TEAMS:
            raise TooFew(Why.FEW_CLUSTERS, n=len(rows), needed=FEWEST_TEAMS)
        panel = _panel(rows, now)
        found = roth_santanna(panel)
        plain = roth_santanna(panel, adjust="none").estimate
        if not over:
            effect = sequences.always_valid(
                found.estimate.estimate,
                found.estimate.se,
                n=len(rows),
                planned=len(rows),
            )
            return Compared("on", effect, plain)
        strata = [row.stratum for row in rows]
        lot = randomisation_test(panel, strata=strata, draws=DRAWS, seed=1).p
        return Compared("on", found.estimate, plain, lot)
    except Refusal as refusal:
        return Compared("on", why=refusal.why)


def _panel(rows: Sequence[Row], now: int) -> Panel:
    """Units by periods; who gets it after the last period never did, as far as seen."""
    width = now + 1
    return Panel.of(
        np.repeat([row.code for row in rows], width),
        np.tile(np.arange(1, width + 1), len(rows)),
        np.concatenate([row.outcomes for row in rows]),
        np.repeat([row.starts + 1 if row.starts <= now else 0 for row in rows], width),
    )
