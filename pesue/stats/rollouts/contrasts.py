"""Which weights on the cohorts' means make an average effect, and its baseline.

A cohort is all units that began in the same period. One that has begun is compared
with all that have not by then, each unit counting the same.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pesue.stats.estimates import Floats, TooFew, Unusable, Why
from pesue.stats.rollouts.panel import Panel

Estimand = Literal["simple", "cohort", "calendar", "event"]


@dataclass(frozen=True, eq=False)
class Contrast:
    """The effect is the sum of `after` times the cohorts' means in each period.

    `before` is the same contrast in the period before each cohort's start, where it
    has one: it estimates 0 if timing was drawn by lot. Both (cohorts, periods), with
    columns that add up to 0.
    """

    starts: NDArray[np.int64]  # (cohorts,), ascending; `never` last, if anybody
    sizes: NDArray[np.intp]  # (cohorts,), in units
    after: Floats
    before: Floats

    @classmethod
    def of(
        cls, panel: Panel, estimand: Estimand, event_time: int | None = None
    ) -> "Contrast":
        """The contrast of a panel for an estimand.

        simple: all cohorts and periods by size; cohort: each cohort's mean over its
        periods, by size; calendar: the mean over periods of the mean by size of those
        under treatment; event: those `event_time` periods after their start, by size.

        Raises TooFew where no such effect is seen, Unusable for an unknown estimand,
        and for the event time -1, which is the baseline.
        """
        starts, sizes = np.unique(panel.first, return_counts=True)
        group, period = np.meshgrid(starts, panel.periods, indexing="ij")
        after, before = np.zeros(group.shape), np.zeros(group.shape)
        weights = _weights(estimand, event_time, group, period, sizes)
        for place, column in zip(*np.nonzero(weights), strict=True):
            start, weight = starts[place], weights[place, column]
            later = np.where(starts > max(start, panel.periods[column]), sizes, 0)
            signs = -later / later.sum()
            signs[place] = 1
            after[:, column] += weight * signs
            baseline = start - 1 - panel.periods[0]
            if baseline >= 0:
                before[:, baseline] += weight * signs
        return cls(starts, sizes, after, before)


def _weights(
    estimand: Estimand,
    event_time: int | None,
    group: NDArray[np.int64],
    period: NDArray[np.int64],
    sizes: NDArray[np.intp],
) -> Floats:
    """The weight of each cohort and period, adding up to 1."""
    last = group.max()  # the start of the last cohort: then nobody is left
    people = np.broadcast_to(sizes[:, None].astype(np.float64), group.shape)
    seen = (group <= period) & (period < last)
    if estimand == "event":
        if event_time is None or event_time == -1:
            raise Unusable(Why.NOT_IN_RANGE, "An event time other than -1 is needed.")
        here = (period - group == event_time) & (np.maximum(group, period) < last)
        weights = people * here
    elif estimand == "simple":
        weights = people * seen
    elif estimand == "cohort":
        weights = people * seen / np.maximum(seen.sum(1, keepdims=True), 1)
    elif estimand == "calendar":
        treated = (people * seen).sum(0)
        weights = people * seen / np.where(treated > 0, treated, 1)
    else:
        raise Unusable(Why.NOT_IN_RANGE, f"There is no estimand {estimand!r}.")
    if not weights.any():
        raise TooFew(Why.ONE_ARM, "Nobody under treatment is seen beside others.")
    total = weights.sum()
    return np.asarray(weights / total)
