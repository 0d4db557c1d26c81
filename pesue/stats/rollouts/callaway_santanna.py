"""Callaway and Sant'Anna's effects by group and period, where timing was not drawn.

From its start on, a group's change since the period before its start, less the change
of those it is compared with; before, its change from one period to the next, which
shows whether trends were parallel (the varying base period of the R package did). If
nobody is without treatment to the end, the last group serves as comparison only, up
to its start. Errors come from influence functions; where the panel has clusters, from
their sums within these, times G / (G - 1). Intervals have one degree of freedom less
than units or clusters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from pesue.stats.estimates import Floats, TooFew, Why, one_of, sure
from pesue.stats.rollouts.adjusted import METHODS, Fit, Method, adjusted, logit
from pesue.stats.rollouts.effects import GroupTimes
from pesue.stats.rollouts.panel import Panel

Comparison = Literal["never", "not_yet"]
Alone = Literal["refuse", "leave_out", "keep"]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cell:
    """A group in a period: its units, and those it is compared with."""

    group: int
    period: int
    base: int  # the period from which changes are counted
    treated: Flags  # (units,)
    control: Flags  # (units,)


def callaway_santanna(
    panel: Panel,
    *,
    comparison: Comparison = "never",
    method: Method = "doubly_robust",
    alone: Alone = "refuse",
    confidence: float = 0.95,
) -> GroupTimes:
    """The average effect on each group of units in each period, by group of start.

    comparison: "never", those who do not begin within the panel, or "not_yet", all who
    have not begun by the period. method: how the panel's covariates, if it has any,
    are held equal: "doubly_robust" or "regression". alone: what becomes of a group of
    one unit (or cluster), whose own error leaves no trace: "leave_out" leaves it out;
    "keep" counts its effects but gives none of them an error, and the errors of the
    averages, as in other programs, leave out its own and are too small.

    Raises TooFew where nobody begins after the first period, nobody is left to
    compare with, or a group has fewer than two clusters ("refuse"); Unusable for an
    unknown name, and for covariates that cannot be told apart or tell the
    groups apart without fail.

    Source: B. Callaway and P. H. C. Sant'Anna, "Difference-in-differences with
    multiple time periods", Journal of Econometrics 225 (2021) 200-230, section 2.3.
    """
    sure(confidence)
    one_of(comparison, get_args(Comparison))
    one_of(method, METHODS)
    one_of(alone, get_args(Alone))
    whole, panel = len(panel.units), _comparable(panel, comparison, alone)
    cells = list(_cells(panel, comparison))
    values = np.empty(len(cells))
    influence = np.empty((panel.n_clusters, len(cells)))
    for place, found in enumerate(_effects(panel, cells, method)):
        values[place] = found[0]
        influence[:, place] = np.bincount(panel.clusters, found[1], panel.n_clusters)
    return GroupTimes.of(
        panel,
        [(cell.group, cell.period) for cell in cells],
        values,
        influence,
        alone=frozenset(_alone(panel)),
        comparison=comparison,
        left_out=whole - len(panel.units),
        confidence=confidence,
    )


def _alone(panel: Panel) -> list[int]:
    """The starts of one unit, or of units of one cluster only."""
    pairs = np.unique(np.column_stack([panel.first, panel.clusters]), axis=0)
    starts, counts = np.unique(pairs[:, 0], return_counts=True)
    return [int(start) for start in starts[counts < 2]]


def _comparable(panel: Panel, comparison: Comparison, alone: Alone) -> Panel:
    """The panel without those under treatment all along, and with a comparison."""
    later = panel.first > panel.periods[0]
    if not later.any():
        raise TooFew(Why.ONE_ARM, "Everybody had begun by the first period.")
    panel = panel.kept(later)
    if alone == "leave_out":
        single = np.isin(panel.first, _alone(panel)) & (panel.first < panel.never)
        panel = panel.kept(~single)
    starts = np.unique(panel.first)
    if starts[-1] < panel.never:
        if comparison == "never" or len(starts) < 2:
            raise TooFew(Why.ONE_ARM, "Everybody begins: nobody is left to compare.")
        # From the start of the last group on, nobody is without treatment.
        last = int(starts[-1]) - 1
        panel = panel.kept(np.ones(len(panel.units), dtype=bool), last)
    if panel.first.min() == panel.never:
        raise TooFew(Why.ONE_ARM, "Nobody begins after the first period.")
    for start in _alone(panel):
        if alone != "keep" or start == panel.never:
            raise TooFew(
                Why.FEW_CLUSTERS,
                "One unit alone has no error to measure: see `alone`.",
                first_treated=start,
                clusters=1,
            )
    return panel


def _cells(panel: Panel, comparison: Comparison) -> Iterator[Cell]:
    for group in map(int, np.unique(panel.first)):
        if group == panel.never:
            continue
        treated = panel.first == group
        for period in map(int, panel.periods[1:]):
            base = group - 1 if period >= group else period - 1
            later = panel.never - 1 if comparison == "never" else period
            control = (panel.first > later) & ~treated
            yield Cell(group, period, base, treated, control)


def _effects(
    panel: Panel, cells: list[Cell], method: Method
) -> Iterator[tuple[float, Floats]]:
    """Each cell's effect, and each unit's influence on it."""
    n, origin = len(panel.units), int(panel.periods[0])
    known: tuple[Flags, Flags, Fit] | None = None
    for cell in cells:
        columns = panel.outcomes[:, [cell.base - origin, cell.period - origin]]
        change = columns[:, 1] - columns[:, 0]
        if panel.covariates is None:
            yield _difference(cell, change)
            continue
        inside = cell.treated | cell.control
        arms = cell.treated[inside]
        design = _design(panel.covariates[inside])
        if method == "doubly_robust" and not (
            known
            and np.array_equal(known[0], cell.treated)
            and np.array_equal(known[1], cell.control)
        ):
            known = (cell.treated, cell.control, logit(design, arms))
        chance = known[2] if known else None
        value, some = adjusted(design, arms, change[inside], method, chance)
        influence = np.zeros(n)
        influence[inside] = some * (n / len(arms))
        yield value, influence


def _design(covariates: Floats) -> Floats:
    """A column of 1 and the covariates, in units of their own spread."""
    centred = covariates - covariates.mean(0)
    spread = centred.std(0)
    scaled = centred / np.where(spread > 0, spread, 1)
    return np.column_stack([np.ones(len(scaled)), scaled])


def _difference(cell: Cell, change: Floats) -> tuple[float, Floats]:
    """The difference of the mean changes, and each unit's influence on it."""
    n = len(change)
    influence = np.zeros(n)
    means = []
    for arm, sign in ((cell.treated, 1), (cell.control, -1)):
        some = change[arm]
        means.append(float(some.mean()))
        influence[arm] = sign * n / len(some) * (some - means[-1])
    return means[0] - means[1], influence
