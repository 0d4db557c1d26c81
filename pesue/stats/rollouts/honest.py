"""How large a break of parallel trends an effect would survive.

Before the start the difference between those who began and those who did not changed by
something from period to period; that it would have changed by nothing afterwards is too
much to believe. Taken is that from one period to the next it changed at most so many
times as much as the largest such change seen before ("relative magnitudes").

Source: A. Rambachan and J. Roth, "A More Credible Approach to Parallel Trends", Review
of Economic Studies 90 (2023) 2555-2591, lemma 2.2. The interval is not theirs: theirs
inverts a test of moment inequalities, ours is the union, over the changes before, of
the interval that holds if that one was the largest. So it covers whatever they are,
and is rather too wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from pesue.stats.estimates import Floats, TooFew, Unusable, Why, numbers, sure
from pesue.stats.rollouts.effects import GroupTimes

FARTHEST = 1e6  # times the largest change; an effect that survives it survives all


@dataclass(frozen=True)
class Honest:
    """The mean effect, if trends broke by at most `at_most` times what was seen before.

    `low` and `high` are what the estimates allow, as if they were without error; the
    effect lies between `interval_low` and `interval_high` with the confidence, errors
    and all. In the unit of the outcome.
    """

    at_most: float
    low: float
    high: float
    interval_low: float
    interval_high: float
    confidence: float


@dataclass(frozen=True, eq=False)
class Changes:
    """A mean effect and the changes before it, with their covariance.

    `before` (k) are changes from one period to the next, in order. `together` is
    (k + 1) x (k + 1), the mean's row first. `reach` is how many changes after the start
    are in the mean, on average over its periods: (T + 1) / 2 for a mean over T.
    """

    mean: float
    before: Floats
    together: Floats
    reach: float
    df: float

    @classmethod
    def of(
        cls, mean: float, before: ArrayLike, together: ArrayLike, *, reach: float,
        df: float = inf,
    ) -> "Changes":  # fmt: skip
        """Raises TooFew without a change, Unusable where the shapes do not fit."""
        (changes,) = numbers(before) if np.size(before) else (np.empty(0),)
        if not len(changes):
            raise TooFew(Why.FEW, "Nothing was seen before the start.", placebos=0)
        matrix = np.asarray(together, dtype=np.float64)
        if matrix.shape != (len(changes) + 1,) * 2 or not np.isfinite(matrix).all():
            raise Unusable(Why.SHAPES, "The covariance does not fit the effects.")
        return cls(float(mean), changes, matrix, float(reach), float(df))

    def bounds(self, at_most: float, confidence: float = 0.95) -> Honest:
        """Raises Unusable where `at_most` is below 0."""
        if not at_most >= 0:
            raise Unusable(Why.NOT_IN_RANGE, "It is at least 0 times.", value=at_most)
        times = at_most * self.reach
        most = times * float(np.abs(self.before).max())
        critical = float(stats.t.ppf((1 + sure(confidence)) / 2, self.df))
        ends = [
            (value - critical * error, value + critical * error)
            for value, error in self._shifted(times)
        ]
        return Honest(
            at_most,
            self.mean - most,
            self.mean + most,
            min(low for low, _high in ends),
            max(high for _low, high in ends),
            confidence,
        )

    def _shifted(self, times: float) -> Iterator[tuple[float, float]]:
        """The mean moved by each change, either way, with its error."""
        for place, change in enumerate(self.before, start=1):
            for way in (-times, times):
                moved = np.zeros(len(self.together))
                moved[0], moved[place] = 1.0, way
                variance = float(moved @ self.together @ moved)
                yield self.mean + way * float(change), sqrt(max(0.0, variance))

    def breakdown(self, confidence: float = 0.95) -> float:
        """How many times the largest change before the effect survives.

        0: the interval holds 0 as it is. Infinite: no break seen could undo it.
        """

        def clear(at_most: float) -> float:
            """How far the interval is from 0, on the effect's side."""
            found = self.bounds(at_most, confidence)
            return found.interval_low if self.mean > 0 else -found.interval_high

        if clear(0.0) <= 0:
            return 0.0
        high = 0.125
        while clear(high) > 0:
            high *= 2
            if high > FARTHEST:
                return inf
        return float(optimize.brentq(clear, 0.0, high))


def changes(effects: GroupTimes) -> Changes:
    """Of an event study's mean effect and its placebos, for `bounds` and `breakdown`.

    The changes are between event times, in which the groups may weigh a little
    differently. Raises TooFew where there is no placebo with an error, or there are as
    many as clusters.
    """
    times, values, table = effects.event_study()
    before = (times < 0) & (np.square(table).sum(axis=0) > 0)
    if not 0 < before.sum() < effects.clusters:
        raise TooFew(Why.FEW, "There is no test of what was before.")
    after = times >= 0
    columns = np.column_stack([table[:, after].mean(axis=1), table[:, before]])
    return Changes.of(
        float(values[after].mean()),
        values[before],
        columns.T @ columns,
        reach=(float(after.sum()) + 1) / 2,
        df=effects.clusters - 1,
    )
