"""Checks of how a trial ran, against statsmodels and at the size of the plan (S9)."""

import numpy as np
import pytest
from statsmodels.multivariate.manova import MANOVA
from statsmodels.stats.gof import chisquare

from pesue.stats import checks

pytestmark = pytest.mark.long


def test_sample_ratio():
    rng = np.random.default_rng(1)
    for _ in range(50):
        shares = rng.dirichlet([5, 5, 5])
        counts = rng.multinomial(2000, shares)
        _, p = chisquare(counts, 2000 * shares)
        assert checks.sample_ratio(counts, shares).p == pytest.approx(p, rel=1e-9)


def test_balance_is_pillais_trace():
    rng = np.random.default_rng(2)
    arm = np.repeat([0, 1, 2], [50, 60, 70])
    x = rng.normal(size=(180, 4)) @ rng.normal(size=(4, 4)) + 0.3 * (arm == 2)[:, None]
    dummies = np.column_stack([np.ones(180), arm == 1, arm == 2]).astype(float)
    contrast = [("arms", np.eye(3)[1:])]
    table = MANOVA(x, dummies).mv_test(contrast).results["arms"]["stat"]
    pillai = float(table.loc["Pillai's trace", "Value"])
    assert checks.balance(x, arm).statistic == pytest.approx(179 * pillai, rel=1e-8)


def test_false_alarms():
    rng = np.random.default_rng(3)
    a = rng.binomial(480, 0.5, 50_000)
    alarms = [checks.sample_ratio([b, 480 - b]).alarm for b in a]
    assert np.mean(alarms) <= 0.002
