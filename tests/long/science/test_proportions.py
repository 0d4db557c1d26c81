"""Differences of shares against statsmodels."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pesue.stats.proportions import Group, difference, wilson

pytestmark = pytest.mark.long


def test_newcombes_interval_is_statsmodels():
    rng = np.random.default_rng(1)
    for _ in range(500):
        n, m = rng.integers(1, 300, 2)
        x, y = rng.integers(0, n + 1), rng.integers(0, m + 1)
        for confidence in (0.8, 0.95):
            found = difference(
                Group(int(n), int(x)), Group(int(m), int(y)), confidence=confidence
            )
            low, high = confint_proportions_2indep(
                y, m, x, n, method="newcomb", compare="diff", alpha=1 - confidence
            )
            assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
        low, high = proportion_confint(x, n, method="wilson")
        alone = wilson(int(x), int(n))
        assert (alone.low, alone.high) == pytest.approx((low, high), abs=1e-9)


def test_the_interval_covers():
    """Coverage summed over all tables; method 10 may fall a little below 95 %."""
    n, m = 30, 40
    intervals = [
        [difference(Group(n, x), Group(m, y)) for y in range(m + 1)]
        for x in range(n + 1)
    ]
    low = np.array([[each.low for each in row] for row in intervals])
    high = np.array([[each.high for each in row] for row in intervals])
    covered = []
    for p in np.linspace(0.02, 0.98, 25):
        for q in np.linspace(0.02, 0.98, 25):
            chance = np.outer(
                stats.binom.pmf(np.arange(n + 1), n, p),
                stats.binom.pmf(np.arange(m + 1), m, q),
            )
            covered.append(chance[(low <= q - p) & (q - p <= high)].sum())
    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)
    assert min(covered) > 0.90
