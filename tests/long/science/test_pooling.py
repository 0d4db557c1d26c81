"""Pooling against statsmodels' meta-analysis."""

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from pesue.stats.pooling import pool
from tests.stats.test_pooling import bcg

pytestmark = pytest.mark.long


@pytest.mark.parametrize("ratio", ["risk", "odds"])
def test_bcg(ratio):
    y, errors = bcg(ratio)
    # Any closer, and rounding decides whether it takes a last step below 0, and says 0.
    oracle = combine_effects(y, errors**2, method_re="iterated", atol=1e-8)
    found = pool(y, errors, method="paule-mandel")
    assert found.tau2 == pytest.approx(oracle.tau2, rel=1e-6)
    assert found.mean.estimate == pytest.approx(oracle.mean_effect_re, rel=1e-6)
    assert found.mean.se == pytest.approx(oracle.sd_eff_w_re_hksj, rel=1e-6)
    assert found.q == pytest.approx(oracle.q, rel=1e-9)


def test_a_hundred_others():
    rng, spread = np.random.default_rng(1), 0
    for _ in range(100):
        errors = np.exp(rng.normal(0, 0.6, 7))
        y = rng.normal(0.5, np.hypot(errors, 1))
        oracle = combine_effects(
            y, errors**2, method_re="iterated", use_t=True, atol=1e-8, maxiter=1000
        )
        found = pool(y, errors, method="paule-mandel")
        assert found.q == pytest.approx(oracle.q, rel=1e-9)
        # Where a step of statsmodels' goes below 0 it stops at 0, though the equation
        # has a solution above: those are left to the fast tests of the equation.
        if oracle.tau2 > 0:
            spread += 1
            assert found.tau2 == pytest.approx(oracle.tau2, rel=1e-5, abs=1e-6)
            ends = oracle.conf_int(use_t=True)[1]
            assert (found.mean.low, found.mean.high) == pytest.approx(ends, rel=1e-5)
    assert spread > 50
