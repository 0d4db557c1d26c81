"""A balanced panel: each unit has one outcome in each period, and adopts once."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import (
    Floats,
    TooFew,
    Unusable,
    Why,
    floats,
    in_order,
    named,
    numbers,
)

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Panel:
    """Outcomes as a table of units by periods.

    `first` is the period in which each unit began, `never` for those that had not by
    the last period. `clusters` are codes 0, 1, ... for each unit (by default each unit
    is its own); `covariates` one row for each unit, or None.
    """

    outcomes: Floats  # (units, periods)
    first: Integers  # (units,)
    periods: Integers  # (periods,), one after the other
    units: NDArray[Any]  # (units,), the labels
    clusters: NDArray[np.intp]  # (units,)
    covariates: Floats | None = None  # (units, columns)

    @property
    def never(self) -> int:
        """The mark of those that did not begin: the period after the last."""
        return int(self.periods[-1]) + 1

    @property
    def n_clusters(self) -> int:
        return int(self.clusters.max()) + 1

    @property
    def clustered(self) -> bool:
        return self.n_clusters < len(self.units)

    @classmethod
    def of(
        cls,
        unit: ArrayLike,
        period: ArrayLike,
        outcome: ArrayLike,
        first_treated: ArrayLike,
        *,
        clusters: ArrayLike | None = None,
        covariates: ArrayLike | None = None,
    ) -> "Panel":
        """The panel of a long list, one row for each unit and period in any order.

        unit: labels, (rows,); period: whole numbers, one after the other; outcome:
        (rows,); first_treated: the unit's first period under treatment, 0 or infinity
        where it never was, the same in all its rows; clusters: labels, (rows,);
        covariates: (rows,) or (rows, columns), of before the first period, so the
        same in all rows of a unit.

        Raises Unusable for a unit with two rows or none in a period, one that begins
        twice, periods that leave out a number, numbers that are missing, and lists of
        different lengths; TooFew where there are fewer than two periods or units.
        """
        period, outcome = numbers(period, outcome)
        periods = _consecutive(period)
        labels, rows = _rows(unit, (period - periods[0]).astype(np.int64), len(periods))
        width = len(periods)
        panel = cls(
            outcomes=outcome[rows].reshape(-1, width),
            first=_constant(_starts(first_treated, periods), rows, width),
            periods=periods,
            units=labels,
            clusters=np.arange(len(labels)),
        )
        if clusters is not None:
            groups = _constant(in_order(clusters)[0], rows, width)
            panel = replace(panel, clusters=in_order(groups)[0])
        if covariates is not None:
            panel = replace(panel, covariates=_covariates(covariates, rows, width))
        return panel

    def kept(self, units: NDArray[np.bool_], last: int | None = None) -> "Panel":
        """The panel of some of the units, up to the period `last`.

        A unit that begins after `last` counts as one that never does.
        """
        width = len(self.periods) if last is None else last - int(self.periods[0]) + 1
        periods = self.periods[:width]
        if width < 2 or not units.any():
            raise TooFew(Why.FEW, "Fewer than two periods can be compared.")
        return Panel(
            outcomes=self.outcomes[units, :width],
            first=np.minimum(self.first[units], periods[-1] + 1),
            periods=periods,
            units=self.units[units],
            clusters=in_order(self.clusters[units])[0],
            covariates=None if self.covariates is None else self.covariates[units],
        )

    def of_clusters(self) -> "Panel":
        """The panel whose units are the clusters, with the mean of their units.

        Raises Unusable where the units of a cluster begin at different times.
        """
        order = np.argsort(self.clusters, kind="stable")
        starts = np.searchsorted(self.clusters[order], np.arange(self.n_clusters))
        sizes = np.diff(np.append(starts, len(order)))
        first = self.first[order]
        if (first != np.repeat(first[starts], sizes)).any():
            raise Unusable(
                Why.REPEATED, "The units of a cluster must begin in the same period."
            )
        totals = np.add.reduceat(self.outcomes[order], starts, axis=0)
        return Panel(
            outcomes=totals / sizes[:, None],
            first=first[starts],
            periods=self.periods,
            units=np.arange(self.n_clusters),
            clusters=np.arange(self.n_clusters),
        )


def _consecutive(period: Floats) -> Integers:
    found = np.unique(period)
    if (found != np.round(found)).any() or (np.diff(found) != 1).any():
        raise Unusable(
            Why.NOT_IN_RANGE, "Periods must be whole numbers, one after the other."
        )
    if len(found) < 2:
        raise TooFew(Why.FEW, "One period has no before and after.")
    return found.astype(np.int64)


def _rows(
    unit: ArrayLike, columns: Integers, width: int
) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The units' labels, and which row has each unit and period, in their order."""
    labels, codes = named(unit)
    if codes.shape != columns.shape:
        raise Unusable(Why.SHAPES, "Each list must have one value for each row.")
    if len(labels) < 2:
        raise TooFew(Why.FEW, "One unit has nothing to be compared with.")
    places = codes * width + columns
    filled = np.bincount(places, minlength=len(labels) * width)
    if (filled > 1).any():
        raise Unusable(Why.REPEATED, "A unit has two rows in one period.")
    if (filled == 0).any():
        raise Unusable(Why.SHAPES, "A unit has no row in one of the periods.")
    rows = np.empty(len(places), dtype=np.intp)
    rows[places] = np.arange(len(places))
    return labels, rows


def _starts(first_treated: ArrayLike, periods: Integers) -> Integers:
    """The first periods as whole numbers, `never` as the period after the last."""
    starts = floats(first_treated)
    if np.isnan(starts).any() or np.isneginf(starts).any():
        raise Unusable(Why.NOT_FINITE, "A first period is missing.")
    # A 0 that may be a period as well as "never" would be read wrongly by half.
    if periods[0] <= 0 and (starts == 0).any():
        raise Unusable(
            Why.NOT_IN_RANGE, "Where periods begin at 0 or below, never is infinity."
        )
    never = periods[-1] + 1.0
    starts = np.asarray(np.where(starts == 0, never, np.minimum(starts, never)))
    if (starts != np.round(starts)).any():
        raise Unusable(Why.NOT_IN_RANGE, "First periods must be whole numbers.")
    return starts.astype(np.int64)


def _constant(values: NDArray[Any], rows: NDArray[np.intp], width: int) -> NDArray[Any]:
    """One value for each unit, from values for each row."""
    if values.shape != rows.shape:
        raise Unusable(Why.SHAPES, "Each list must have one value for each row.")
    table = values[rows].reshape(-1, width)
    if (table != table[:, :1]).any():
        raise Unusable(
            Why.REPEATED,
            "A unit's first period, cluster and covariates are one for all its rows.",
        )
    return np.array(table[:, 0])


def _covariates(covariates: ArrayLike, rows: NDArray[np.intp], width: int) -> Floats:
    table = floats(covariates)
    columns = table[:, None] if table.ndim == 1 else table
    if columns.ndim != 2:
        raise Unusable(Why.SHAPES, "Covariates are a table of rows by columns.")
    return np.column_stack(
        [_constant(column, rows, width) for column in numbers(*columns.T)]
    )
