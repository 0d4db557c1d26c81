"""Effects by group and period, and the ways of adding them up.

A group is all units that began in the same period. Source of all aggregations:
B. Callaway and P. H. C. Sant'Anna, "Difference-in-differences with multiple time
periods", Journal of Econometrics 225 (2021) 200-230, section 3.
"""

from dataclasses import dataclass, field, replace
from math import sqrt
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pesue.stats.estimates import Estimate, Floats, TooFew, Why
from pesue.stats.rollouts.bands import critical_value
from pesue.stats.rollouts.panel import Panel

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Effect:
    """An average effect `at` an event time, a group or a period.

    `estimate` is None where its error cannot be measured, as where nobody had done
    anything yet. `low` and `high` are the ends of the simultaneous band, which covers
    all effects of the list at once; None where it was not asked for.
    """

    at: int
    value: float
    estimate: Estimate | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class GroupTime:
    """The effect on one group in one period; before its start, a placebo."""

    group: int
    period: int
    value: float
    estimate: Estimate | None

    @property
    def after(self) -> bool:
        return self.period >= self.group


@dataclass(frozen=True)
class Summary:
    """An overall effect, and the effects it is made of.

    `critical` is how many standard errors the simultaneous band is wide to each side.
    """

    overall: Estimate
    effects: tuple[Effect, ...]
    critical: float | None = None


@dataclass(frozen=True)
class Joint:
    """Wald's test that several effects are all 0; p from chi-square with df."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True, eq=False)
class Sizes:
    """How large the groups of the cells are, being estimates themselves."""

    shares: Floats  # (groups,), among all units
    excess: Floats  # (clusters, groups): units beyond the share, times `few`
    group: NDArray[np.intp]  # (cells,), the place of the cell's group

    @classmethod
    def of(cls, panel: Panel, groups: NDArray[np.int64], few: float) -> "Sizes":
        unique, places = np.unique(groups, return_inverse=True)
        inside = panel.first[:, None] == unique
        shares: Floats = np.asarray(inside.mean(0), dtype=np.float64)
        sizes = np.bincount(panel.clusters, minlength=panel.n_clusters)
        counts = [np.bincount(panel.clusters, one, len(sizes)) for one in inside.T]
        excess = np.column_stack(counts) - np.outer(sizes, shares)
        return cls(shares, excess * few, places)


@dataclass(frozen=True, eq=False)
class GroupTimes:
    """What `callaway_santanna` found: an effect for each group and period.

    `n` units are in it, in `clusters` clusters; `left_out` are not: they had begun by
    the first period or were alone in their group. `comparison` says with whom they were
    compared, `alone` which groups are of one: what is of these only has no error.
    """

    cells: tuple[GroupTime, ...]
    comparison: str
    alone: frozenset[int]
    n: int
    clusters: int
    left_out: int
    confidence: float
    _influence: Floats = field(repr=False)  # (clusters, cells), sums over units
    _sizes: Sizes = field(repr=False)
    _scale: float = field(repr=False)  # the largest outcome

    @classmethod
    def of(
        cls,
        panel: Panel,
        cells: list[tuple[int, int]],
        values: Floats,
        influence: Floats,
        *,
        comparison: str,
        alone: frozenset[int],
        left_out: int,
        confidence: float,
    ) -> "GroupTimes":
        """The effects of (group, period) cells, by each cluster's influence on them."""
        clusters = panel.n_clusters
        # Few clusters vary less around their own mean than around the true one.
        few = sqrt(clusters / (clusters - 1)) if panel.clustered else 1.0
        found = cls(
            cells=(),
            comparison=comparison,
            alone=alone,
            n=len(panel.units),
            clusters=clusters,
            left_out=left_out,
            confidence=confidence,
            _influence=influence * few,
            _sizes=Sizes.of(panel, np.array([group for group, _ in cells]), few),
            _scale=float(np.abs(panel.outcomes).max()),
        )
        measured = found._measured(found._influence)
        measured &= ~np.isin([group for group, _ in cells], list(alone))
        columns = zip(values, found._influence.T, measured, strict=True)
        estimates = [
            found._estimate(value, column) if known else None
            for value, column, known in columns
        ]
        told = zip(cells, values, estimates, strict=True)
        return replace(
            found, cells=tuple(GroupTime(*cell, float(v), e) for cell, v, e in told)
        )

    def simple(self) -> Estimate:
        """The average over all groups and periods under treatment, by group size.

        Groups that began early count more, being seen for longer. Raises TooFew where
        no error can be measured.
        """
        value, influence = self._average(self._after)
        return self._estimate(value, influence)

    def by_group(self, draws: int = 999, seed: int = 0) -> Summary:
        """Each group's average over its periods under treatment; over all by size.

        The first choice for one number: the effect on a treated unit drawn at random.
        """
        groups = np.unique(self._group)
        parts = [self._after & (self._group == group) for group in groups]
        found = [(fmean(self._value[p]), self._influence[:, p].mean(1)) for p in parts]
        cells = np.array([int(p.argmax()) for p in parts])
        overall = self._weighted(
            np.array([value for value, _ in found]),
            np.column_stack([influence for _, influence in found]),
            cells,
        )
        return self._summary(groups, found, parts, overall, draws, seed)

    def dynamic(self, draws: int = 999, seed: int = 0) -> Summary:
        """The event study: effects by periods since the start, 0 being the first.

        Negative event times are placebos. `overall` is the plain mean of those from 0.
        """
        event = self._period - self._group
        times = np.unique(event)
        parts = [event == time for time in times]
        found = [self._average(part) for part in parts]
        overall = self._mean(found, times >= 0)
        return self._summary(times, found, parts, overall, draws, seed)

    def event_study(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Event times (T), effects (T), and each cluster's part in their error.

        That is clusters x T: the columns' products are the effects' covariance.
        """
        event = self._period - self._group
        times = np.unique(event)
        found = [self._average(event == time) for time in times]
        values = np.array([value for value, _influence in found])
        table = np.column_stack([influence for _value, influence in found])
        return times, values, table / self.n

    def calendar(self, draws: int = 999, seed: int = 0) -> Summary:
        """Effects by period on all who had begun by then; `overall` is their mean."""
        times = np.unique(self._period[self._after])
        parts = [self._after & (self._period == time) for time in times]
        found = [self._average(part) for part in parts]
        overall = self._mean(found, np.ones(len(times), dtype=bool))
        return self._summary(times, found, parts, overall, draws, seed)

    def pretrend(self) -> Joint:
        """Whether all placebos before the start are 0 together.

        A high p does not show that trends were parallel. Raises TooFew where there is
        no placebo with an error, or as many as clusters.
        """
        before = ~self._after & self._told & self._measured(self._influence)
        df = int(before.sum())
        if not df or df >= self.clusters:
            raise TooFew(Why.FEW, "There is no test of what was before.", placebos=df)
        influence = self._influence[:, before] / self.n
        variance = influence.T @ influence
        if np.linalg.matrix_rank(variance, hermitian=True) < df:
            raise TooFew(Why.SINGULAR, "Some placebos say the same.", placebos=df)
        value = self._value[before]
        statistic = float(value @ np.linalg.solve(variance, value))
        return Joint(statistic, df, float(stats.chi2.sf(statistic, df)))

    @property
    def _value(self) -> Floats:
        return np.array([cell.value for cell in self.cells])

    @property
    def _group(self) -> NDArray[np.int64]:
        return np.array([cell.group for cell in self.cells])

    @property
    def _period(self) -> NDArray[np.int64]:
        return np.array([cell.period for cell in self.cells])

    @property
    def _after(self) -> Flags:
        return self._period >= self._group

    @property
    def _told(self) -> Flags:
        """The cells whose own error leaves a trace."""
        return ~np.isin(self._group, list(self.alone))

    def _average(self, which: Flags) -> tuple[float, Floats]:
        """The mean of some cells by group size, and each cluster's influence on it."""
        return self._weighted(
            self._value[which], self._influence[:, which], np.flatnonzero(which)
        )

    def _weighted(
        self, values: Floats, influence: Floats, cells: NDArray[np.intp]
    ) -> tuple[float, Floats]:
        """As `_average`, of any values that belong to the groups of `cells`."""
        groups = self._sizes.group[cells]
        total = self._sizes.shares[groups].sum()
        weights = self._sizes.shares[groups] / total
        mean = float(weights @ values)
        by_size = self._sizes.excess[:, groups] @ ((values - mean) / total)
        return mean, influence @ weights + by_size

    def _mean(
        self, found: list[tuple[float, Floats]], which: Flags
    ) -> tuple[float, Floats]:
        some = [one for one, here in zip(found, which, strict=True) if here]
        value = fmean(value for value, _ in some)
        return value, np.mean([influence for _, influence in some], axis=0)

    def _measured(self, influence: Floats) -> Flags:
        """Where the error is above what rounding alone makes of no error."""
        error: Floats = np.sqrt((influence**2).sum(0)) / self.n
        return error > 1e-10 * self._scale

    def _estimate(self, value: float, influence: Floats) -> Estimate:
        error = sqrt(float(influence @ influence)) / self.n
        return Estimate.of(
            value,
            error if error > 1e-10 * self._scale else 0.0,
            n=self.n,
            df=self.clusters - 1,
            clusters=self.clusters,
            confidence=self.confidence,
        )

    def _summary(
        self,
        at: NDArray[np.int64],
        found: list[tuple[float, Floats]],
        parts: list[Flags],
        overall: tuple[float, Floats],
        draws: int,
        seed: int,
    ) -> Summary:
        table = np.column_stack([influence for _, influence in found])
        measured = self._measured(table)
        measured &= [bool(self._told[part].any()) for part in parts]
        critical = None
        if draws and measured.any():
            critical = critical_value(
                table[:, measured], draws=draws, seed=seed, confidence=self.confidence
            )
        effects = []
        for time, (value, influence), known in zip(at, found, measured, strict=True):
            one = self._estimate(value, influence) if known else None
            half = one.se * critical if one and critical else None
            low, high = (None, None) if half is None else (value - half, value + half)
            effects.append(Effect(int(time), value, one, low, high))
        return Summary(self._estimate(*overall), tuple(effects), critical)
