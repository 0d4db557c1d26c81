"""Looks at trials without effect, in simulations of full size."""

import numpy as np
import pytest
from scipy import stats

from pesue.stats.sequences import Spending, always_valid, looks

pytestmark = pytest.mark.long


def test_52_weekly_looks_at_people_who_arrive():
    rng = np.random.default_rng(3)
    trials, each_week = 2000, 20  # in each arm
    n = each_week * np.arange(5, 53)
    usual = ours = 0
    bound = np.array(
        [always_valid(0, 1, n=2 * int(k), planned=2 * int(n[-1])).high for k in n]
    )
    assert bound[-1] / 1.96 <= 1.7
    for _ in range(trials):
        y = rng.negative_binomial(0.5, 0.5 / (0.5 + 0.6), (n[-1], 2)).astype(float)
        sums, squares = y.cumsum(0)[n - 1], (y**2).cumsum(0)[n - 1]
        variances = (squares - sums**2 / n[:, None]) / (n[:, None] - 1)
        errors = np.sqrt((variances / n[:, None]).sum(1))
        z = np.abs(np.subtract(*(sums / n[:, None]).T)) / errors
        usual += (z > 1.96).any()
        ours += (z > bound).any()
    assert usual / trials > 0.25
    assert ours / trials <= 0.05


@pytest.mark.parametrize("likeness", [0.0, 0.5, 1.0])
def test_52_weekly_looks_at_the_same_people(likeness):
    """`likeness` is how much people keep to their own rate, on the log scale."""
    rng = np.random.default_rng(4)
    trials, people = 2000, 480
    bound = always_valid(0, 1, n=people, planned=people).high
    usual = ours = 0
    for _ in range(trials):
        rate = 0.2 * np.exp(rng.normal(0, likeness, people))
        y = rng.poisson(np.tile(rate, (52, 1))).cumsum(0)[3:]
        a, b = y[:, ::2], y[:, 1::2]
        errors = np.sqrt((a.var(1, ddof=1) + b.var(1, ddof=1)) / (people / 2))
        z = np.abs(a.mean(1) - b.mean(1)) / errors
        usual += (z > 1.96).any()
        ours += (z > bound).any()
    assert usual / trials > 0.1
    assert ours / trials <= 0.05


def test_five_looks_at_24_teams():
    rng = np.random.default_rng(13)
    trials, teams, weeks = 4000, 24, 40
    own = rng.normal(0, 0.2, (trials, 1, teams))
    y = rng.normal(own, 1, (trials, weeks, teams)).cumsum(1)
    y /= np.arange(1, weeks + 1)[:, None]
    p = stats.ttest_ind(y[..., :12], y[..., 12:], axis=2, equal_var=False).pvalue
    assert (p <= 0.05).any(1).mean() > 0.12
    for spending in Spending:
        plan = looks([0.2, 0.4, 0.6, 0.8, 1], spending=spending)
        alarms = np.any([p[:, 8 * k.number - 1] <= k.level for k in plan], axis=0)
        assert alarms.mean() <= 0.055
